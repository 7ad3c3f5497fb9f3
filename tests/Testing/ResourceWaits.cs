using System.Text;
using Platform.Api;
using Platform.Api.Json;
using Platform.Client;

namespace Platform.Testing;

/// <summary>Waits, by a list and a watch from there, for what the API server will know.</summary>
public static class ResourceWaits
{
    /// <summary>The object once something is true of it; it need not be there yet.</summary>
    public static async Task<T> UntilAsync<T>(this IResourceClient<T> client, string? ns, string name, Func<T, bool> holds, string? because = null)
        where T : KubernetesObject => (await client.UntilAsync(ns, all => all.Any(holds), because, new() { FieldSelector = "metadata.name=" + name })).Single();

    /// <summary>The collection once it is as wanted.</summary>
    /// <param name="client">The client of the kind.</param>
    /// <param name="ns">Namespace; null for all, and for kinds that have none.</param>
    /// <param name="wanted">Whether the collection is as wanted.</param>
    /// <param name="because">What it means where it is not.</param>
    /// <param name="query">What part of the collection is meant; all of it unless said.</param>
    public static async Task<IReadOnlyList<T>> UntilAsync<T>(
        this IResourceClient<T> client, string? ns, Func<IReadOnlyList<T>, bool> wanted, string? because = null, ListQuery? query = null)
        where T : KubernetesObject
    {
        using var limit = new CancellationTokenSource(Eventually.Patience);
        IReadOnlyList<T> items = [];
        try
        {
            while (true)
            {
                var list = await client.ListAsync(ns, query, limit.Token);
                items = list.Items;
                if (wanted(items))
                    return items;
                var all = items.ToDictionary(i => i.Metadata.Uid!);
                await foreach (var change in client.WatchAsync(ns, (query ?? new()) with { ResourceVersion = list.Metadata.ResourceVersion }, limit.Token))
                {
                    if (change.Type == WatchEventType.Bookmark)
                        continue;
                    if (change.Type == WatchEventType.Deleted)
                        all.Remove(change.Object.Metadata.Uid!);
                    else
                        all[change.Object.Metadata.Uid!] = change.Object;
                    items = [.. all.Values];
                    if (wanted(items))
                        return items;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException && limit.IsCancellationRequested)
        {
            var present = string.Join(", ", items.Select(i => Encoding.UTF8.GetString(ApiJson.Encode((object)i))));
            throw new TimeoutException($"{typeof(T).Name}: {because ?? "not as wanted"}; there are {present}");
        }
    }
}
