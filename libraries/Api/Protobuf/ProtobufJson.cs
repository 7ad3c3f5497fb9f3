using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Platform.Api.Json;
using Platform.Api.Schema;

namespace Platform.Api.Protobuf;

/// <summary>
/// Turns the protobuf bodies that kubectl and other clients send for built-in kinds into JSON, by the field numbers of the declarations, so that
/// everything behind it knows one format. <see cref="JsonProtobuf"/> is the way back.
/// </summary>
public static class ProtobufJson
{
    /// <summary>Media type of these bodies.</summary>
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    private const int MaximumDepth = 100;

    private static readonly byte[] Magic = [0x6b, 0x38, 0x73, 0x00];

    /// <summary>The object as JSON.</summary>
    /// <exception cref="JsonException">The bytes are not an object of a known kind.</exception>
    public static byte[] ToJson(ReadOnlyMemory<byte> body)
    {
        if (!body.Span.StartsWith(Magic))
            throw new DocumentException("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        var reading = new ProtobufReading();
        var envelope = reading.Parse(body[Magic.Length..]);
        var meta = reading.Parse(envelope.LastOrDefault(f => f.Number == 1).Bytes);
        var (apiVersion, kind) = (ProtobufReading.Text(meta, 1), ProtobufReading.Text(meta, 2));
        if (!envelope.LastOrDefault(f => f.Number == 3).Bytes.IsEmpty)
            throw new DocumentException("protobuf: the object is encoded in a way that is not known");
        var type = ProtobufKinds.Of(apiVersion, kind) ?? throw new DocumentException($"no kind \"{kind}\" is registered for version \"{apiVersion}\"");
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { MaxDepth = JsonDepth.Enclosed }))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", apiVersion);
            json.WriteString("kind", kind);
            WriteMembers(json, reading, ProtobufType.Of(TypeSchema.Of(type)), envelope.LastOrDefault(f => f.Number == 2).Bytes, 0);
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes a schema of a custom resource.</summary>
    internal static void WriteSchema(Utf8JsonWriter json, ProtobufReading reading, ReadOnlyMemory<byte> message, int depth) =>
        WriteObject(json, reading, TypeSchema.Of(typeof(ApiExtensions.V1.JSONSchemaProps)), message, depth + 1);

    private static void WriteObject(Utf8JsonWriter json, ProtobufReading reading, TypeSchema type, ReadOnlyMemory<byte> message, int depth)
    {
        json.WriteStartObject();
        WriteMembers(json, reading, ProtobufType.Of(type), message, depth);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, ProtobufReading reading, ProtobufType type, ReadOnlyMemory<byte> message, int depth)
    {
        if (depth > MaximumDepth)
            throw new DocumentException("protobuf: the message is nested too deeply");
        // Fields of an embedded message that comes in parts belong together, as a decoder that merges them would have it.
        var messages = new ILookup<int, ProtobufField>[type.Messages.Count];
        messages[0] = reading.Parse(message).ToLookup(f => f.Number);
        for (var i = 1; i < messages.Length; i++)
        {
            var (parent, number) = type.Messages[i];
            messages[i] = messages[parent][number].SelectMany(f => reading.Parse(f.Bytes)).ToLookup(f => f.Number);
        }

        foreach (var member in type.Members)
        {
            if (messages[member.Message].Contains(member.Number))
                WriteMember(json, reading, type.Schema.Type, member, messages[member.Message][member.Number], depth);
        }
    }

    private static void WriteMember(Utf8JsonWriter json, ProtobufReading reading, Type owner, ProtobufMember member, IEnumerable<ProtobufField> values, int depth)
    {
        var (type, published) = (member.Type, member.Field.PublishedAs);
        switch (type.Shape)
        {
            case SchemaShape.List:
                json.WritePropertyName(member.Field.Name);
                WriteItems(json, reading, type.Item!, published, values, depth);
                break;
            case SchemaShape.Map:
                json.WriteStartObject(member.Field.Name);
                var entries = new Dictionary<string, ProtobufField>(StringComparer.Ordinal);
                foreach (var value in values)
                {
                    var entry = reading.Parse(value.Bytes);
                    entries[ProtobufReading.Text(entry, 1)] = entry.LastOrDefault(f => f.Number == 2);
                }

                foreach (var (key, value) in entries)
                {
                    json.WritePropertyName(key);
                    WriteValue(json, reading, type.Item!, published, value, depth);
                }

                json.WriteEndObject();
                break;
            default:
                var last = values.Last();
                if (ProtobufZero.IsAbsent(owner, member.Field, last))
                    return;
                json.WritePropertyName(member.Field.Name);
                WriteValue(json, reading, type, published, last, depth);
                break;
        }
    }

    private static void WriteItems(Utf8JsonWriter json, ProtobufReading reading, TypeSchema item, string? published, IEnumerable<ProtobufField> values, int depth)
    {
        json.WriteStartArray();
        foreach (var value in values)
            WriteValue(json, reading, item, published, value, depth);
        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, ProtobufReading reading, TypeSchema type, string? published, ProtobufField value, int depth)
    {
        switch (type.Shape)
        {
            case SchemaShape.String:
                json.WriteStringValue(ProtobufReading.Text(value.Bytes));
                break;
            case SchemaShape.Bytes:
                json.WriteBase64StringValue(value.Bytes.Span);
                break;
            case SchemaShape.Int32 or SchemaShape.Int64:
                json.WriteNumberValue((long)value.Value);
                break;
            case SchemaShape.Boolean:
                json.WriteBooleanValue(value.Value != 0);
                break;
            case SchemaShape.Number:
                var number = BitConverter.UInt64BitsToDouble(value.Value);
                if (!double.IsFinite(number))
                    throw new DocumentException("protobuf: a number is not finite");
                json.WriteNumberValue(number);
                break;
            case SchemaShape.Quantity:
                json.WriteStringValue(ProtobufReading.Text(reading.Parse(value.Bytes), 1) is { Length: > 0 } amount ? amount : "0");
                break;
            case SchemaShape.Time or SchemaShape.MicroTime:
                WriteTime(json, reading.Parse(value.Bytes), type.Shape == SchemaShape.MicroTime);
                break;
            case SchemaShape.IntOrString:
                var parts = reading.Parse(value.Bytes);
                if (ProtobufReading.Number(parts, 1) == 0)
                    json.WriteNumberValue((int)ProtobufReading.Number(parts, 2));
                else
                    json.WriteStringValue(ProtobufReading.Text(parts, 3));
                break;
            case SchemaShape.Raw:
                ProtobufRaw.Read(json, published, reading, value.Bytes, depth);
                break;
            case SchemaShape.List:
                WriteItems(json, reading, type.Item!, null, reading.Parse(value.Bytes).Where(f => f.Number == 1), depth);
                break;
            default:
                WriteObject(json, reading, type, value.Bytes, depth + 1);
                break;
        }
    }

    private static void WriteTime(Utf8JsonWriter json, List<ProtobufField> parts, bool micro)
    {
        const long nanosecondsPerSecond = 1_000_000_000;
        var seconds = (long)ProtobufReading.Number(parts, 1);
        var nanoseconds = (long)ProtobufReading.Number(parts, 2);
        // The last second is left out, so that the fraction cannot lead beyond the end of time.
        if (seconds < DateTimeOffset.MinValue.ToUnixTimeSeconds() || seconds >= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            || nanoseconds is < 0 or >= nanosecondsPerSecond)
            throw new DocumentException("protobuf: a time is out of range");
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
        json.WriteStringValue(time.ToString(micro ? "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }
}
