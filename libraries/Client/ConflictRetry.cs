using Platform.Api;
using Platform.Api.Errors;

namespace Platform.Client;

/// <summary>Read, change, write, and again where somebody else wrote in between.</summary>
public static class ConflictRetry
{
    /// <summary>How often a write is tried.</summary>
    private const int MaxTries = 10;

    /// <summary>Changes an object's newest version.</summary>
    /// <param name="resource">Kind.</param>
    /// <param name="ns">Namespace.</param>
    /// <param name="name">Name.</param>
    /// <param name="change">The wanted object, given the current one; null where nothing is to change. May be called more than once.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The object as it is now.</returns>
    public static Task<T> UpdateWithRetryAsync<T>(
        this IResourceClient<T> resource, string? ns, string name, Func<T, T?> change, CancellationToken cancellationToken = default)
        where T : KubernetesObject =>
        RunAsync(resource, ns, name, change, resource.UpdateAsync, cancellationToken);

    /// <summary>Changes the status of an object's newest version, see <see cref="UpdateWithRetryAsync"/>.</summary>
    public static Task<T> UpdateStatusWithRetryAsync<T>(
        this IResourceClient<T> resource, string? ns, string name, Func<T, T?> change, CancellationToken cancellationToken = default)
        where T : KubernetesObject =>
        RunAsync(resource, ns, name, change, resource.UpdateStatusAsync, cancellationToken);

    private static async Task<T> RunAsync<T>(
        IResourceClient<T> resource, string? ns, string name, Func<T, T?> change, Func<T, CancellationToken, Task<T>> write, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        for (var tries = 1; ; tries++)
        {
            var current = await resource.GetAsync(ns, name, cancellationToken);
            if (change(current) is not { } wanted || ReferenceEquals(wanted, current))
                return current;
            try
            {
                return await write(wanted, cancellationToken);
            }
            catch (ApiException failure) when (failure.IsConflict && tries < MaxTries)
            {
                continue; // Somebody else was first; their version is the next one to change.
            }
        }
    }
}
