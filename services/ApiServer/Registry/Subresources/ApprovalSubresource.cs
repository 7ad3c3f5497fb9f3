using Platform.Api.Certificates.V1;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry.Presentation;
using Platform.ApiServer.Registry.Rules.Certificates;
using Platform.ApiServer.Registry.Verbs;

namespace Platform.ApiServer.Registry.Subresources;

/// <summary><c>certificatesigningrequests/approval</c>: the same object, but a write changes nothing except the conditions that approve or deny it.</summary>
internal sealed class ApprovalSubresource(GetVerb get, UpdateVerb update, PatchVerb patch, Presenter presenter, TimeProvider clock) : ISubresource
{
    // The resource with the rules of this way in: everything else of a write is the same as for the status.
    private static readonly ResourceDefinition Approval = ResourceDefinition.From(typeof(CertificateSigningRequest), new CertificateApprovalRules());

    public string Name => "approval";

    public bool Serves(ResourceDefinition definition) => definition.ObjectType == typeof(CertificateSigningRequest);

    public Task HandleAsync(RegistryRequest request)
    {
        var asked = new RegistryRequest(request.Http, ApiRequest.Of(request.Http), Approval, clock, presenter);
        return request.Info.Verb switch
        {
            "get" => get.HandleAsync(asked),
            "patch" => patch.HandleAsync(asked, UpdateKind.Status),
            _ => update.HandleAsync(asked, UpdateKind.Status),
        };
    }
}
