using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Platform.Api;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>
/// Sends objects in the shape that was asked for. The ordinary shape copies bytes; a table decodes each object for its cells; the
/// metadata shape cuts the metadata out of the bytes. How the result is encoded is the <see cref="AnswerEncoder"/>'s.
/// </summary>
internal sealed class Presenter(TimeProvider clock)
{
    /// <summary>Protobuf frames of watches, which watchers share.</summary>
    public RecentFrames Recent { get; } = new();

    /// <summary>Answers with one object of a resource, given as JSON.</summary>
    public Task ObjectAsync(HttpContext http, PresentationForm form, ResourceDefinition definition, int status, ReadOnlyMemory<byte> json)
    {
        if (form.Kind != PresentationKind.Object)
            json = Shaped(form, definition, json, withColumns: true);
        return ObjectResponse.WriteAsync(http, status, json, form.Format);
    }

    /// <summary>Answers with a list.</summary>
    public async Task ListAsync(HttpContext http, PresentationForm form, ResourceDefinition definition, ListPage page)
    {
        var encoder = AnswerEncoder.Of(form.Format);
        http.Response.StatusCode = StatusCodes.Status200OK;
        var list = new ListAnswer(this, form, definition, page);
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            using var body = new AnswerBody(http, encoder.ContentType);
            await encoder.WriteListAsync(body, list);
            return;
        }
        http.Response.ContentType = encoder.ContentType;
        http.Response.ContentLength = form.IsPlain ? list.JsonLength : null;
    }

    /// <summary>One object as a table or as its metadata, as JSON.</summary>
    public byte[] Shaped(PresentationForm form, ResourceDefinition definition, ReadOnlyMemory<byte> json, bool withColumns)
    {
        var output = new ArrayBufferWriter<byte>(json.Length);
        if (form.Kind == PresentationKind.Metadata)
            WriteMetadata(output, form, json.Span);
        else
        {
            output.Write(Head(form, definition, MetadataSlice.ResourceVersion(json.Span), null, null, withColumns));
            WriteRow(output, form, definition, json, definition.Codec.Decode(json.Span));
            output.Write(ListAnswer.JsonEnd);
        }
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes one item of a list as JSON.</summary>
    public void WriteItem(IBufferWriter<byte> output, PresentationForm form, CachedObject item)
    {
        if (form.Kind == PresentationKind.Metadata)
            WriteMetadata(output, form, item.Bytes.Span);
        else
            WriteRow(output, form, item.Definition, item.Bytes, item.Decode());
    }

    /// <summary>Everything of a list up to its first item.</summary>
    public static byte[] Head(PresentationForm form, ResourceDefinition definition, ListPage page) =>
        Head(form, definition, page.Revision.ToString(CultureInfo.InvariantCulture), page.Continue, page.Remaining, withColumns: true);

    private static void WriteMetadata(IBufferWriter<byte> output, PresentationForm form, ReadOnlySpan<byte> json)
    {
        output.Write(form.MetaVersion == "v1"
            ? "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"u8
            : "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1beta1\",\"metadata\":"u8);
        output.Write(MetadataSlice.Of(json));
        output.Write("}"u8);
    }

    private void WriteRow(IBufferWriter<byte> output, PresentationForm form, ResourceDefinition definition, ReadOnlyMemory<byte> json, KubernetesObject value)
    {
        output.Write("{\"cells\":"u8);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartArray();
            foreach (var cell in definition.Rules.Row(value, clock.GetUtcNow()))
                WriteCell(writer, cell);
            writer.WriteEndArray();
        }
        if (form.IncludeObject != "None")
        {
            output.Write(",\"object\":"u8);
            if (form.IncludeObject == "Object")
                output.Write(json.Span);
            else
                WriteMetadata(output, form, json.Span);
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

    private static byte[] Head(PresentationForm form, ResourceDefinition definition, string revision, string? next, long? remaining, bool withColumns)
    {
        var (kind, apiVersion) = form.TypeOf(definition);
        if (form.Kind != PresentationKind.Table)
            kind = form.Kind == PresentationKind.Object ? definition.ListKind : kind + "List";
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
