using Platform.Api;

namespace Platform.ApiServer.Registry;

/// <summary>Typed writes for the server's own parts (bootstrap policy, the kubernetes service): default, validate, commit, without authorization and admission.</summary>
internal interface IObjectWriter
{
    /// <summary>Creates the object; false where one of its name exists.</summary>
    Task<bool> EnsureAsync<T>(T value, CancellationToken cancellationToken)
        where T : KubernetesObject;

    /// <summary>Reads, changes and writes until no other write comes in between; the function returns null where nothing is to change. Creates where
    /// the object is missing and the function, given null, returns one.</summary>
    Task<T?> UpdateAsync<T>(string? ns, string name, Func<T?, T?> change, CancellationToken cancellationToken)
        where T : KubernetesObject;

    /// <summary>Reads an object that exists, changes its status and writes that; the function returns null where nothing is to change.</summary>
    Task UpdateStatusAsync<T>(string? ns, string name, Func<T, T?> change, CancellationToken cancellationToken)
        where T : KubernetesObject;

    /// <summary>Takes a finalizer off an object that exists. As with upstream's controllers that is not kept from happening by what else is wrong with the object.</summary>
    Task RemoveFinalizerAsync<T>(string? ns, string name, string finalizer, CancellationToken cancellationToken)
        where T : KubernetesObject;

    /// <summary>Deletes the object, where it is there.</summary>
    Task DeleteAsync<T>(string? ns, string name, CancellationToken cancellationToken)
        where T : KubernetesObject;
}
