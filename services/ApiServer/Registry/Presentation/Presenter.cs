using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>
/// Sends objects in the shape that was asked for. The ordinary shape copies bytes; a table decodes each object for its cells; the
/// metadata shape cuts the metadata out of the bytes.
/// </summary>
internal sealed class Presenter(TimeProvider clock)
{
    /// <summary>Bytes that are gathered before they are handed to the connection.</summary>
    public const int FlushBytes = 64 * 1024;

    private static readonly byte[] PartialPrefix = "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"u8.ToArray();

    /// <summary>One object as a table or as its metadata.</summary>
    public byte[] One(PresentationForm form, CachedObject value, bool withColumns = true)
    {
        var output = new ArrayBufferWriter<byte>(value.Bytes.Length);
        if (form.Kind == PresentationKind.Metadata)
            WriteMetadata(output, value);
        else
        {
            output.Write(Head(form, value.Definition, value.Revision, null, null, withColumns));
            WriteItem(output, form, value);
            output.Write("]}"u8);
        }
        return output.WrittenSpan.ToArray();
    }

    public async Task ListAsync(HttpContext http, PresentationForm form, ResourceDefinition definition, ListPage page)
    {
        var response = http.Response;
        var head = Head(form, definition, page.Revision, page.Continue, page.Remaining, withColumns: true);
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = ObjectResponse.Json;
        if (form.Kind == PresentationKind.Object)
            response.ContentLength = Length(head, page.Items);
        if (HttpMethods.IsHead(http.Request.Method))
            return;
        // Only a response that has begun hands out its own buffers.
        await response.StartAsync(http.RequestAborted);
        var output = response.BodyWriter;
        output.Write(head);
        var unflushed = head.Length;
        for (var i = 0; i < page.Items.Count; i++)
        {
            if (i > 0)
                output.Write(","u8);
            unflushed += WriteItem(output, form, page.Items[i]);
            if (unflushed < FlushBytes)
                continue;
            unflushed = 0;
            if ((await output.FlushAsync(http.RequestAborted)).IsCompleted)
                return;
        }
        output.Write("]}"u8);
        await output.FlushAsync(http.RequestAborted);
    }

    private static long Length(byte[] head, IReadOnlyList<CachedObject> items)
    {
        long length = head.Length + "]}"u8.Length + Math.Max(items.Count - 1, 0);
        for (var i = 0; i < items.Count; i++)
            length += items[i].Bytes.Length;
        return length;
    }

    /// <summary>Writes one item of a list and says about how long it was.</summary>
    private int WriteItem(IBufferWriter<byte> output, PresentationForm form, CachedObject item)
    {
        switch (form.Kind)
        {
            case PresentationKind.Object:
                output.Write(item.Bytes.Span);
                break;
            case PresentationKind.Metadata:
                WriteMetadata(output, item);
                break;
            default:
                WriteRow(output, form, item);
                break;
        }
        return item.Bytes.Length;
    }

    private static void WriteMetadata(IBufferWriter<byte> output, CachedObject item)
    {
        output.Write(PartialPrefix);
        output.Write(MetadataSlice.Of(item.Bytes.Span));
        output.Write("}"u8);
    }

    private void WriteRow(IBufferWriter<byte> output, PresentationForm form, CachedObject item)
    {
        output.Write("{\"cells\":"u8);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartArray();
            foreach (var cell in item.Definition.Rules.Row(item.Decode(), clock.GetUtcNow()))
                WriteCell(writer, cell);
            writer.WriteEndArray();
        }
        if (form.IncludeObject != "None")
        {
            output.Write(",\"object\":"u8);
            if (form.IncludeObject == "Object")
                output.Write(item.Bytes.Span);
            else
                WriteMetadata(output, item);
        }
        output.Write("}"u8);
    }

    private static void WriteCell(Utf8JsonWriter writer, object? cell)
    {
        switch (cell)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case int or long:
                writer.WriteNumberValue(Convert.ToInt64(cell, CultureInfo.InvariantCulture));
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(Convert.ToString(cell, CultureInfo.InvariantCulture));
                break;
        }
    }

    /// <summary>Everything of a list up to its first item.</summary>
    private static byte[] Head(PresentationForm form, ResourceDefinition definition, long revision, string? next, long? remaining, bool withColumns)
    {
        var (kind, apiVersion) = form.Kind switch
        {
            PresentationKind.Table => ("Table", "meta.k8s.io/v1"),
            PresentationKind.Metadata => ("PartialObjectMetadataList", "meta.k8s.io/v1"),
            _ => (definition.Kind + "List", definition.ApiVersion),
        };
        var text = new StringBuilder(256).Append(CultureInfo.InvariantCulture,
            $"{{\"kind\":\"{kind}\",\"apiVersion\":\"{apiVersion}\",\"metadata\":{{\"resourceVersion\":\"{revision}\"");
        if (next is not null)
            text.Append(CultureInfo.InvariantCulture, $",\"continue\":\"{next}\"");
        if (remaining is not null)
            text.Append(CultureInfo.InvariantCulture, $",\"remainingItemCount\":{remaining}");
        text.Append("},");
        if (form.Kind == PresentationKind.Table)
            text.Append("\"columnDefinitions\":").Append(withColumns ? Columns(definition) : "[]").Append(",\"rows\":[");
        else
            text.Append("\"items\":[");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Columns(ResourceDefinition definition)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var column in definition.Rules.Columns)
            {
                writer.WriteStartObject();
                writer.WriteString("name", column.Name);
                writer.WriteString("type", column.Type);
                writer.WriteString("format", column.Format);
                writer.WriteString("description", column.Description);
                writer.WriteNumber("priority", column.Priority);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
