using Platform.Api.Authentication.V1;
using Platform.Api.Core.V1;

namespace Platform.NodeAgent.Volumes;

/// <summary>The API objects that pods of this node refer to.</summary>
internal interface IReferencedObjects
{
    /// <summary>The ConfigMap, or null where there is none.</summary>
    Task<ConfigMap?> ConfigMapAsync(string ns, string name, CancellationToken cancellationToken);

    /// <summary>The Secret, or null where there is none.</summary>
    Task<Secret?> SecretAsync(string ns, string name, CancellationToken cancellationToken);

    /// <summary>A new token for a service account, bound to a pod.</summary>
    Task<TokenRequestStatus> TokenAsync(string ns, string serviceAccount, TokenRequestSpec spec, CancellationToken cancellationToken);
}
