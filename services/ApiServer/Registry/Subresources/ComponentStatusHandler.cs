using Platform.Api.Coordination.V1;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry.Presentation;
using Platform.ApiServer.Watching;
using Platform.Storage;

namespace Platform.ApiServer.Registry.Subresources;

/// <summary>
/// <c>componentstatuses</c>: how the control plane's parts are, asked anew each time. The store is asked itself; the scheduler and the controller manager
/// are known by the leases that they renew. Parts that run alone take no lease, and then nothing is known of them: that is said, not guessed.
/// </summary>
internal sealed class ComponentStatusHandler(ResourceRegistry registry, IObjectReader reader, IRevisionedStore store, Presenter presenter, TimeProvider clock)
    : IRequestHandler
{
    private const string LeaseNamespace = "kube-system";
    private static readonly (string Name, string Lease)[] Leased = [("controller-manager", "kube-controller-manager"), ("scheduler", "kube-scheduler")];

    public Task? TryHandle(HttpContext context, ApiRequest request) => request.Info switch
    {
        { IsResourceRequest: true, Group: "", Version: "v1", Resource: "componentstatuses", Subresource: "", Verb: "get" or "list" } => AnswerAsync(context, request),
        { IsResourceRequest: true, Group: "", Version: "v1", Resource: "componentstatuses" } =>
            throw ApiErrors.MethodNotAllowed(),
        _ => null,
    };

    private async Task AnswerAsync(HttpContext context, ApiRequest request)
    {
        var definition = registry.Of<ComponentStatus>();
        var asked = new RegistryRequest(context, request, definition, clock, presenter);
        RegistryHandler.WarnOfDeprecation(context, definition);
        var name = request.Info.Name;
        IReadOnlyList<ComponentStatus> all = [.. Leased.Select(l => Of(l.Name, l.Lease)), await StoreAsync(context.RequestAborted)];
        if (name.Length > 0)
        {
            var found = all.FirstOrDefault(s => s.Metadata.Name == name) ?? throw asked.NotFound();
            await asked.AnswerAsync(StatusCodes.Status200OK, ApiJson.Encode(found));
            return;
        }

        var kind = new CachedKind(definition, new(definition));
        await asked.AnswerAsync(new ListPage([.. all.Select(s => CachedObject.From(kind, s.Metadata.Name!, ApiJson.Encode(s), 0))], 0, null, null));
    }

    private ComponentStatus Of(string name, string lease)
    {
        if (reader.Find<Lease>(LeaseNamespace, lease)?.Spec is not { RenewTime: { } renewed } spec || string.IsNullOrEmpty(spec.HolderIdentity))
            return Status(name, "Unknown", "", $"no lease {LeaseNamespace}/{lease}: it runs without leader election, or not at all");
        var due = renewed.Value.AddSeconds(spec.LeaseDurationSeconds ?? 0);
        return due >= clock.GetUtcNow()
            ? Status(name, "True", "ok", "")
            : Status(name, "False", "", $"the lease {LeaseNamespace}/{lease} of {spec.HolderIdentity} has run out");
    }

    private async ValueTask<ComponentStatus> StoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.CurrentRevisionAsync(cancellationToken);
            return Status("etcd-0", "True", "ok", "");
        }
        catch (StorageException e)
        {
            return Status("etcd-0", "False", "", e.Message);
        }
    }

    private static ComponentStatus Status(string name, string healthy, string message, string error) => new()
    {
        ApiVersion = "v1",
        Kind = "ComponentStatus",
        Metadata = new() { Name = name, ResourceVersion = "" },
        Conditions = [new() { Type = "Healthy", Status = healthy, Message = message, Error = error }],
    };
}
