using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Client;
using Platform.ControllerManager.Ownership;

namespace Platform.ControllerManager.ServiceAccounts;

/// <summary>Gives each namespace its service account <c>default</c>, which pods use that name none. Keys are namespaces.</summary>
internal sealed class DefaultServiceAccountReconciler(IApiClient api, IInformerFactory informers) : IReconciler
{
    public const string Default = "default";
    private readonly IInformer<Namespace> _namespaces = informers.For<Namespace>();
    private readonly IInformer<ServiceAccount> _accounts = informers.For<ServiceAccount>();

    public string Name => "serviceaccount-controller";

    public void Watch(IReconcilerTriggers triggers)
    {
        triggers.On(_namespaces);
        triggers.On(_accounts, e => e.New is null && e.Object.Metadata.Name == Default ? [new("", e.Object.Metadata.Namespace!)] : []);
    }

    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_namespaces.Get("", key.Name) is not { } ns || ns.Metadata.DeletionTimestamp is not null || _accounts.Get(key.Name, Default) is not null)
            return ReconcileResult.Done;
        try
        {
            await api.Resource<ServiceAccount>().CreateAsync(new() { Metadata = new() { Name = Default, Namespace = key.Name } }, cancellationToken);
        }
        catch (ApiException e) when (e.IsAlreadyExists || e.IsNotFound || NamespaceTermination.IsCause(e))
        {
            // There is one, or there is no namespace for it any more.
        }
        return ReconcileResult.Done;
    }
}
