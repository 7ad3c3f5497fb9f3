using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Meta.V1;
using Platform.Client;

namespace Platform.ControllerManager.Metadata;

/// <summary>
/// Works on objects of any kind by their metadata alone, as the garbage collector and the deletion of namespaces need. It asks for
/// <c>PartialObjectMetadata</c>, so that neither side moves specs around that nobody reads; a server that answers with whole objects is
/// understood as well.
/// </summary>
internal sealed class MetadataClient(IApiClient api)
{
    /// <summary>Objects asked for at once when listing.</summary>
    private const int PageSize = 500;

    /// <summary>Most bytes of a failure that are read.</summary>
    private const int MaxFailureBytes = 64 * 1024;

    private static readonly string Accept = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json;q=0.5";
    private static readonly string AcceptList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json;q=0.5";

    /// <summary>One object; null where it does not exist.</summary>
    public async Task<ObjectHead?> FindAsync(ServedResource resource, string? ns, string name, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, resource.Item(ns, name), Accept, null, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        await ThrowIfFailedAsync(response, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync(body, MetadataJson.Default.ObjectHead, cancellationToken);
    }

    /// <summary>All objects of a collection, page by page, and the version of the collection.</summary>
    public async Task<(IReadOnlyList<ObjectHead> Items, string Version)> ListAsync(ServedResource resource, string? ns, CancellationToken cancellationToken)
    {
        List<ObjectHead> items = [];
        var next = "";
        while (true)
        {
            var path = $"{resource.Collection(ns)}?limit={PageSize}" + (next.Length == 0 ? "" : "&continue=" + Uri.EscapeDataString(next));
            using var response = await SendAsync(HttpMethod.Get, path, AcceptList, null, cancellationToken);
            await ThrowIfFailedAsync(response, cancellationToken);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var page = await JsonSerializer.DeserializeAsync(body, MetadataJson.Default.HeadList, cancellationToken) ?? new();
            items.AddRange(page.Items);
            next = page.Metadata.Continue ?? "";
            if (next.Length == 0)
                return (items, page.Metadata.ResourceVersion ?? "");
        }
    }

    /// <summary>Changes of a collection after a version, until the server ends the stream.</summary>
    public async IAsyncEnumerable<HeadEvent> WatchAsync(
        ServedResource resource, string version, int timeoutSeconds, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = $"{resource.Collection(null)}?watch=true&allowWatchBookmarks=true&timeoutSeconds={timeoutSeconds}&resourceVersion={Uri.EscapeDataString(version)}";
        using var request = Request(HttpMethod.Get, path, Accept, null);
        request.Headers.Add("Platform-Cause", "true");
        using var response = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await ThrowIfFailedAsync(response, cancellationToken);
        var reader = PipeReader.Create(await response.Content.ReadAsStreamAsync(cancellationToken), new(useZeroByteReads: true));
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (System.Buffers.BuffersExtensions.PositionOf(rest, (byte)'\n') is { } end)
            {
                var line = rest.Slice(0, end);
                rest = rest.Slice(rest.GetPosition(1, end));
                if (!line.IsEmpty)
                    yield return Parse(new Utf8JsonReader(line));
            }
            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
                break;
        }
        await reader.CompleteAsync();
    }

    /// <summary>Deletes an object, or begins to. Returns false where it is gone.</summary>
    public async Task<bool> DeleteAsync(ServedResource resource, string? ns, string name, DeleteOptions options, CancellationToken cancellationToken)
    {
        var body = Content(ApiJson.Encode(options with { ApiVersion = "v1", Kind = "DeleteOptions" }), "application/json");
        using var response = await SendAsync(HttpMethod.Delete, resource.Item(ns, name), "application/json", body, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return false;
        await ThrowIfFailedAsync(response, cancellationToken);
        return true;
    }

    /// <summary>Deletes all objects of a kind in a namespace.</summary>
    public async Task DeleteCollectionAsync(ServedResource resource, string ns, CancellationToken cancellationToken)
    {
        var body = Content(ApiJson.Encode(new DeleteOptions { ApiVersion = "v1", Kind = "DeleteOptions", PropagationPolicy = "Background" }), "application/json");
        using var response = await SendAsync(HttpMethod.Delete, resource.Collection(ns), "application/json", body, cancellationToken);
        if (response.StatusCode != HttpStatusCode.NotFound)
            await ThrowIfFailedAsync(response, cancellationToken);
    }

    /// <summary>Changes an object by a merge patch. Returns false where it is gone.</summary>
    public async Task<bool> PatchAsync(ServedResource resource, string? ns, string name, string mergePatch, CancellationToken cancellationToken)
    {
        var body = Content(Encoding.UTF8.GetBytes(mergePatch), "application/merge-patch+json");
        using var response = await SendAsync(HttpMethod.Patch, resource.Item(ns, name), Accept, body, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return false;
        await ThrowIfFailedAsync(response, cancellationToken);
        return true;
    }

    /// <summary>Writes to a subresource that has no typed call.</summary>
    public async Task PutAsync<T>(string path, T value, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Put, path, "application/json", Content(ApiJson.Encode(value), "application/json"), cancellationToken);
        await ThrowIfFailedAsync(response, cancellationToken);
    }

    /// <summary>Reads a document of the API, such as one of discovery.</summary>
    public async Task<T> ReadAsync<T>(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, path, "application/json", null, cancellationToken);
        await ThrowIfFailedAsync(response, cancellationToken);
        return ApiJson.Decode<T>(await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string accept, HttpContent? body, CancellationToken cancellationToken) =>
        api.Http.SendAsync(Request(method, path, accept, body), HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    private static HttpRequestMessage Request(HttpMethod method, string path, string accept, HttpContent? body)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return request;
    }

    private static ByteArrayContent Content(byte[] bytes, string type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    private static HeadEvent Parse(Utf8JsonReader reader)
    {
        var document = reader;
        var change = JsonSerializer.Deserialize(ref reader, MetadataJson.Default.HeadEvent) ?? throw new JsonException("a watch sent null");
        if (change.Type != "ERROR")
            return change;
        using var parsed = JsonDocument.ParseValue(ref document);
        throw new ApiException(parsed.RootElement.GetProperty("object").Deserialize(ApiJson.TypeInfo<Status>()) ?? new() { Code = 500 });
    }

    private static async Task ThrowIfFailedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxFailureBytes];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        Status status;
        try
        {
            status = ApiJson.Decode<Status>(buffer.AsSpan(0, length));
        }
        catch (JsonException)
        {
            // Not from an API server; the code tells enough.
            status = new() { StatusValue = "Failure", Message = $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}" };
        }
        throw new ApiException(status with { Code = (int)response.StatusCode });
    }
}
