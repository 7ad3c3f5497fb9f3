using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Platform.Api;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Meta.V1;
using Platform.Client.Transport;

namespace Platform.Client;

/// <summary>The verbs of one kind as HTTP requests.</summary>
internal sealed class ResourceClient<T>(HttpClient http, TimeProvider time) : IResourceClient<T>
    where T : KubernetesObject
{
    /// <summary>How long one call that is not a watch may take, its retries included.</summary>
    internal static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(60);

    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    public Task<T> GetAsync(string? ns, string name, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Get, ResourcePath<T>.Item(ns, name), null, cancellationToken);

    public async Task<T?> FindAsync(string? ns, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(ns, name, cancellationToken);
        }
        catch (ApiException failure) when (failure.IsNotFound)
        {
            return null;
        }
    }

    public Task<KubernetesList<T>> ListAsync(string? ns, ListQuery? query, CancellationToken cancellationToken) =>
        SendAsync<KubernetesList<T>>(HttpMethod.Get, ResourcePath<T>.Query(ns, query ?? new(), watch: false), null, cancellationToken);

    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync(string? ns, ListQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, ResourcePath<T>.Query(ns, query, watch: true), null);
        request.Headers.Add("Platform-Cause", "true");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await Failure.ThrowIfFailedAsync(response, cancellationToken);
        var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var change in WatchStream.ReadAsync<T>(body, cancellationToken))
            yield return change;
    }

    public Task<T> CreateAsync(T value, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Post, ResourcePath<T>.Collection(value.Metadata.Namespace), Body(Complete(value)), cancellationToken);

    public Task<T> UpdateAsync(T value, CancellationToken cancellationToken) => PutAsync(value, null, cancellationToken);

    public Task<T> UpdateStatusAsync(T value, CancellationToken cancellationToken) => PutAsync(value, "status", cancellationToken);

    public Task<T> PatchAsync(
        string? ns, string name, PatchType type, ReadOnlyMemory<byte> patch, string? subresource, CancellationToken cancellationToken)
    {
        var body = new ReadOnlyMemoryContent(patch);
        body.Headers.ContentType = new(type switch
        {
            PatchType.Json => "application/json-patch+json",
            PatchType.Merge => "application/merge-patch+json",
            _ => "application/strategic-merge-patch+json",
        });
        return SendAsync<T>(HttpMethod.Patch, ResourcePath<T>.Item(ns, name, subresource), body, cancellationToken);
    }

    public async Task DeleteAsync(string? ns, string name, DeleteOptions? options, CancellationToken cancellationToken)
    {
        var body = options is null ? null : Body(options with { ApiVersion = "v1", Kind = "DeleteOptions" });
        using var limit = new CancellationTokenSource(RequestTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var request = Request(HttpMethod.Delete, ResourcePath<T>.Item(ns, name), body);
        using var response = await SendAsync(request, limit, both.Token);
        await Failure.ThrowIfFailedAsync(response, both.Token);
    }

    public Task<TAnswer> PostAsync<TBody, TAnswer>(string? ns, string name, string subresource, TBody body, CancellationToken cancellationToken) =>
        SendAsync<TAnswer>(HttpMethod.Post, ResourcePath<T>.Item(ns, name, subresource), Body(body), cancellationToken);

    private Task<T> PutAsync(T value, string? subresource, CancellationToken cancellationToken)
    {
        var path = ResourcePath<T>.Item(value.Metadata.Namespace, value.Metadata.Name!, subresource);
        return SendAsync<T>(HttpMethod.Put, path, Body(Complete(value)), cancellationToken);
    }

    private async Task<TAnswer> SendAsync<TAnswer>(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(RequestTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var request = Request(method, path, body);
        using var response = await SendAsync(request, limit, both.Token);
        await Failure.ThrowIfFailedAsync(response, both.Token);
        await using var stream = await response.Content.ReadAsStreamAsync(both.Token);
        return await JsonSerializer.DeserializeAsync(stream, ApiJson.TypeInfo<TAnswer>(), both.Token)
            ?? throw new JsonException($"{method} {path} was answered with null");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationTokenSource limit, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (OperationCanceledException canceled) when (limit.IsCancellationRequested)
        {
            throw new HttpRequestException($"{request.Method} {request.RequestUri} was not answered within {RequestTimeout}", canceled);
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, HttpContent? body)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body };
        request.Headers.Accept.Add(new("application/json"));
        return request;
    }

    private static ByteArrayContent Body<TBody>(TBody value)
    {
        var content = new ByteArrayContent(ApiJson.Encode(value));
        content.Headers.ContentType = JsonType;
        return content;
    }

    private static T Complete(T value) => value.Kind is not null && value.ApiVersion is not null
        ? value
        : (T)((KubernetesObject)value with { ApiVersion = ResourcePath<T>.ApiVersion, Kind = ResourcePath<T>.Resource.Kind });
}
