using System.Globalization;
using System.Text.Json;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Versions;
using Platform.ApiServer.Watching;
using Platform.Storage;

namespace Platform.ApiServer.History;

/// <summary>
/// <c>GET …/{name}?history=true</c>: the retained revisions of an object, newest first, each with who made it, when, in which trace, and which
/// fields it changed, as the version has them that is asked for. An object that is gone still has its history. Whoever may read the object may read this. One revision after
/// another is read, compared with the one before it and sent, so that large objects cost the memory of two.
/// </summary>
internal sealed class ObjectHistory(IRevisionedStore store, WatchCaches caches)
{
    public const string ApiVersion = "platform/v1";

    /// <summary>Changed fields that one revision lists; the rest are counted.</summary>
    private const int MaximumChanges = 500;

    /// <summary>Length of a value in the answer, in bytes; a longer one is told by its length.</summary>
    private const int MaximumValueBytes = 4 * 1024;

    public async Task HandleAsync(RegistryRequest request)
    {
        var definition = request.Definition;
        await using var revisions = store.HistoryAsync(definition.Key(request.Info.Namespace, request.Info.Name), request.Aborted).GetAsyncEnumerator(request.Aborted);
        if (!await revisions.MoveNextAsync())
            throw request.NotFound();
        var response = request.Http.Response;
        response.ContentType = "application/json";
        await response.StartAsync(request.Aborted);
        await using var writer = new Utf8JsonWriter(response.BodyWriter, new JsonWriterOptions { MaxDepth = JsonDepth.Enclosed });
        Begin(writer, request.Info, revisions.Current.Revision);
        var shown = await ShowAsync(request, revisions.Current);
        for (var more = true; more;)
        {
            more = await revisions.MoveNextAsync();
            var before = more ? await ShowAsync(request, revisions.Current) : null;
            WriteRevision(writer, definition, shown, before);
            shown = before!;
            await writer.FlushAsync(request.Aborted);
            await response.BodyWriter.FlushAsync(request.Aborted);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter writer, RequestInfo info, long newest)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "History"u8);
        writer.WriteString("apiVersion"u8, ApiVersion);
        writer.WriteStartObject("metadata"u8);
        writer.WriteString("name"u8, info.Name);
        if (info.Namespace.Length > 0)
            writer.WriteString("namespace"u8, info.Namespace);
        writer.WriteString("resourceVersion"u8, Number(newest));
        writer.WriteEndObject();
        writer.WriteStartArray("items"u8);
    }

    /// <summary>A revision in the version of the request.</summary>
    private async ValueTask<Shown> ShowAsync(RegistryRequest request, HistoricalRevision revision)
    {
        var definition = request.Definition;
        // What has one version only is stored as it is shown.
        if (revision.Value.IsEmpty || (definition.Conversion is null && definition.StoredAs is null))
            return new(revision, revision.Value, null);
        var key = definition.Key(request.Info.Namespace, request.Info.Name);
        try
        {
            var stored = caches.Of(definition).Make(new(key, revision.Value, revision.Revision, revision.Revision));
            return new(revision, (await stored.InVersionAsync(definition, request.Aborted)).Bytes, null);
        }
        catch (ApiException e)
        {
            // A webhook that fails now does not make undone what was done then.
            return new(revision, default, e.Message);
        }
    }

    private static void WriteRevision(Utf8JsonWriter writer, ResourceDefinition definition, Shown shown, Shown? before)
    {
        var revision = shown.Revision;
        writer.WriteStartObject();
        writer.WriteString("revision"u8, Number(revision.Revision));
        writer.WriteString("type"u8, revision.Type.ToString());
        writer.WriteString("time"u8, revision.Cause.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.WriteString("user"u8, revision.Cause.User);
        if (revision.Cause.TraceParent is { } trace)
            writer.WriteString("traceParent"u8, trace);
        if (revision.Cause.Minor)
            writer.WriteBoolean("statusOnly"u8, true);
        if (revision.Type == StorageEventType.Updated && before is { Revision.Value.IsEmpty: false })
        {
            if ((shown.Failure ?? before.Failure) is { } failure)
                writer.WriteString("changesUnavailable"u8, failure);
            else
                WriteChanges(writer, definition, before.Bytes, shown.Bytes);
        }
        writer.WriteEndObject();
    }

    private static void WriteChanges(Utf8JsonWriter writer, ResourceDefinition definition, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        using var old = JsonDocument.Parse(before, JsonDepth.Document);
        using var now = JsonDocument.Parse(after, JsonDepth.Document);
        var changes = FieldDiff.Between(old.RootElement, now.RootElement, definition.Codec.MergeSchema);
        writer.WriteStartArray("changes"u8);
        foreach (var change in changes.Take(MaximumChanges))
        {
            writer.WriteStartObject();
            writer.WriteString("path"u8, change.Path.ToString());
            WriteValue(writer, "from", change.From);
            WriteValue(writer, "to", change.To);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (changes.Count > MaximumChanges)
            writer.WriteNumber("changesOmitted"u8, changes.Count - MaximumChanges);
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, JsonElement? value)
    {
        if (value is not { } present)
            return;
        var length = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(present).Length;
        if (length > MaximumValueBytes)
        {
            writer.WriteNumber(name + "Bytes", length);
            return;
        }

        writer.WritePropertyName(name);
        present.WriteTo(writer);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A revision and its bytes in the version that is shown, or why there are none.</summary>
    private sealed record Shown(HistoricalRevision Revision, ReadOnlyMemory<byte> Bytes, string? Failure);
}
