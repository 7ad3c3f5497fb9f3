using System.Text.Json.Nodes;

namespace Platform.ApiServer.Tests.Registry;

/// <summary>An open watch, read event by event.</summary>
internal sealed class WatchReader : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private WatchReader(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        _reader = new(stream);
    }

    public HttpResponseMessage Response => _response;

    public static async Task<WatchReader> OpenAsync(HttpClient http, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Eventually.Patience);
        return new(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null where the watch has ended.</summary>
    public async Task<JsonObject?> NextAsync() =>
        await _reader.ReadLineAsync().WaitAsync(Eventually.Patience) is { } line ? JsonNode.Parse(line)!.AsObject() : null;

    /// <summary>Type and object name of the next event.</summary>
    public async Task<string> NextNameAsync()
    {
        var item = (await NextAsync()).ShouldNotBeNull();
        return $"{item["type"]} {item["object"]!["metadata"]!["name"]}";
    }

    public ValueTask DisposeAsync()
    {
        _response.Dispose();
        return default;
    }
}
