using System.Globalization;
using System.Text.Json;
using Platform.ApiServer.Registry;
using Platform.Storage;

namespace Platform.ApiServer.History;

/// <summary>
/// <c>GET …/{name}?history=true</c>: the retained revisions of an object, newest first, each with who made it, when, in which trace, and which
/// fields it changed. An object that is gone still has its history. Whoever may read the object may read this. One revision after
/// another is read, compared with the one before it and sent, so that large objects cost the memory of two.
/// </summary>
internal sealed class ObjectHistory(IRevisionedStore store)
{
    public const string ApiVersion = "platform/v1";

    /// <summary>Changed fields that one revision lists; the rest are counted.</summary>
    private const int MaximumChanges = 500;

    /// <summary>Length of a value in the answer, in bytes; a longer one is told by its length.</summary>
    private const int MaximumValueBytes = 4 * 1024;

    public async Task HandleAsync(RegistryRequest request)
    {
        var definition = request.Definition.Storage;
        await using var revisions = store.HistoryAsync(definition.Key(request.Info.Namespace, request.Info.Name), request.Aborted).GetAsyncEnumerator(request.Aborted);
        if (!await revisions.MoveNextAsync())
            throw request.NotFound();
        var response = request.Http.Response;
        response.ContentType = "application/json";
        await response.StartAsync(request.Aborted);
        await using var writer = new Utf8JsonWriter(response.BodyWriter);
        Begin(writer, request.Info, revisions.Current.Revision);
        for (var more = true; more;)
        {
            var revision = revisions.Current;
            more = await revisions.MoveNextAsync();
            WriteRevision(writer, definition, revision, more ? revisions.Current : null);
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

    private static void WriteRevision(Utf8JsonWriter writer, ResourceDefinition definition, HistoricalRevision revision, HistoricalRevision? before)
    {
        writer.WriteStartObject();
        writer.WriteString("revision"u8, Number(revision.Revision));
        writer.WriteString("type"u8, revision.Type.ToString());
        writer.WriteString("time"u8, revision.Cause.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.WriteString("user"u8, revision.Cause.User);
        if (revision.Cause.TraceParent is { } trace)
            writer.WriteString("traceParent"u8, trace);
        if (revision.Cause.Minor)
            writer.WriteBoolean("statusOnly"u8, true);
        if (revision.Type == StorageEventType.Updated && before is { Value.IsEmpty: false })
            WriteChanges(writer, definition, before.Value, revision.Value);
        writer.WriteEndObject();
    }

    private static void WriteChanges(Utf8JsonWriter writer, ResourceDefinition definition, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        using var old = JsonDocument.Parse(before);
        using var now = JsonDocument.Parse(after);
        var changes = FieldDiff.Between(old.RootElement, now.RootElement, definition.Codec.MergeSchema);
        writer.WriteStartArray("changes"u8);
        foreach (var change in changes.Take(MaximumChanges))
        {
            writer.WriteStartObject();
            writer.WriteString("path"u8, change.Path);
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
}
