using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Platform.Api.Schema;

namespace Platform.Api.Protobuf;

/// <summary>
/// Turns the protobuf bodies that kubectl and other clients send for built-in kinds into JSON, by the field numbers of the declarations, so that
/// everything behind it knows one format. Protobuf does not tell a number that was set to zero from one that was not set; zero counts only
/// for the fields where Kubernetes gives it a meaning of its own.
/// </summary>
public static class ProtobufJson
{
    /// <summary>Media type of these bodies.</summary>
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    private const int MaximumDepth = 100;

    private static readonly byte[] Magic = [0x6b, 0x38, 0x73, 0x00];

    private static readonly HashSet<string> ZeroCounts =
    [
        "replicas", "gracePeriodSeconds", "terminationGracePeriodSeconds", "revisionHistoryLimit", "tolerationSeconds", "backoffLimit", "parallelism",
        "completions", "ttlSecondsAfterFinished", "activeDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit",
        "runAsUser", "runAsGroup", "fsGroup", "partition",
        "automountServiceAccountToken", "enableServiceLinks", "allowPrivilegeEscalation", "orphanDependents", "hostUsers", "runAsNonRoot", "value",
    ];

    private static readonly Dictionary<(string, string), Type> Types = FindTypes();

    /// <summary>The object as JSON.</summary>
    /// <exception cref="JsonException">The bytes are not an object of a known kind.</exception>
    public static byte[] ToJson(ReadOnlyMemory<byte> body)
    {
        if (!body.Span.StartsWith(Magic))
            throw new JsonException("protobuf: the body does not begin with the magic number of Kubernetes objects");
        var envelope = ProtobufMessage.Parse(body[Magic.Length..]);
        var meta = ProtobufMessage.Parse(envelope.LastOrDefault(f => f.Number == 1).Bytes);
        var (apiVersion, kind) = (Text(meta, 1), Text(meta, 2));
        var type = Types.GetValueOrDefault((apiVersion, kind)) ?? Types.GetValueOrDefault(("", kind))
            ?? throw new JsonException($"no kind \"{kind}\" is registered for version \"{apiVersion}\"");
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", apiVersion);
            json.WriteString("kind", kind);
            WriteFields(json, TypeSchema.Of(type), envelope.LastOrDefault(f => f.Number == 2).Bytes, 0);
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static void WriteFields(Utf8JsonWriter json, TypeSchema schema, ReadOnlyMemory<byte> message, int depth)
    {
        if (depth > MaximumDepth)
            throw new JsonException("protobuf: the message is nested too deeply");
        var present = ProtobufMessage.Parse(message).ToLookup(f => f.Number);
        foreach (var field in schema.Fields.Values)
        {
            if (field.Proto is { } number)
            {
                Write(json, field, [.. present[number]], depth);
            }
            else if (ProtobufInlines.Find(schema.Type, field.Name) is { } inline && present[inline.Message].Any())
            {
                var embedded = ProtobufMessage.Parse(present[inline.Message].Last().Bytes);
                Write(json, field, [.. embedded.Where(f => f.Number == inline.Number)], depth);
            }
        }
    }

    private static void Write(Utf8JsonWriter json, FieldSchema field, ProtobufField[] values, int depth)
    {
        if (values.Length == 0)
            return;
        var type = field.Type;
        switch (type.Shape)
        {
            case SchemaShape.List:
                json.WriteStartArray(field.Name);
                foreach (var value in values)
                    WriteValue(json, type.Item!, value, depth);
                json.WriteEndArray();
                break;
            case SchemaShape.Map:
                json.WriteStartObject(field.Name);
                foreach (var value in values)
                {
                    var entry = ProtobufMessage.Parse(value.Bytes);
                    json.WritePropertyName(Text(entry, 1));
                    WriteValue(json, type.Item!, entry.LastOrDefault(f => f.Number == 2), depth);
                }

                json.WriteEndObject();
                break;
            default:
                if (IsAbsent(type.Shape, field.Name, values[^1]))
                    return;
                json.WritePropertyName(field.Name);
                WriteValue(json, type, values[^1], depth);
                break;
        }
    }

    private static bool IsAbsent(SchemaShape shape, string name, ProtobufField value) => shape switch
    {
        SchemaShape.String or SchemaShape.Bytes or SchemaShape.Time or SchemaShape.MicroTime or SchemaShape.Quantity or SchemaShape.Raw => value.Bytes.IsEmpty,
        SchemaShape.Int32 or SchemaShape.Int64 or SchemaShape.Boolean => value.Value == 0 && !ZeroCounts.Contains(name),
        _ => false,
    };

    private static void WriteValue(Utf8JsonWriter json, TypeSchema type, ProtobufField value, int depth)
    {
        switch (type.Shape)
        {
            case SchemaShape.String:
                json.WriteStringValue(value.Bytes.Span);
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
                json.WriteNumberValue(BitConverter.UInt64BitsToDouble(value.Value));
                break;
            case SchemaShape.Quantity:
                json.WriteStringValue(Text(ProtobufMessage.Parse(value.Bytes), 1));
                break;
            case SchemaShape.Time or SchemaShape.MicroTime:
                WriteTime(json, ProtobufMessage.Parse(value.Bytes), type.Shape == SchemaShape.MicroTime);
                break;
            case SchemaShape.IntOrString:
                var parts = ProtobufMessage.Parse(value.Bytes);
                if (Number(parts, 1) == 0)
                    json.WriteNumberValue((int)Number(parts, 2));
                else
                    json.WriteStringValue(Text(parts, 3));
                break;
            case SchemaShape.Raw:
                json.WriteRawValue(ProtobufMessage.Parse(value.Bytes).LastOrDefault(f => f.Number == 1).Bytes.Span);
                break;
            default:
                json.WriteStartObject();
                WriteFields(json, type, value.Bytes, depth + 1);
                json.WriteEndObject();
                break;
        }
    }

    private static void WriteTime(Utf8JsonWriter json, List<ProtobufField> parts, bool micro)
    {
        const int nanosecondsPerTick = 100;
        var seconds = (long)Number(parts, 1);
        if (seconds < DateTimeOffset.MinValue.ToUnixTimeSeconds() || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            throw new JsonException("protobuf: a time is out of range");
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks((int)Number(parts, 2) / nanosecondsPerTick);
        json.WriteStringValue(time.ToString(micro ? "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }

    private static string Text(List<ProtobufField> fields, int number) => Encoding.UTF8.GetString(fields.LastOrDefault(f => f.Number == number).Bytes.Span);

    private static ulong Number(List<ProtobufField> fields, int number) => fields.LastOrDefault(f => f.Number == number).Value;

    private static Dictionary<(string, string), Type> FindTypes()
    {
        var types = new Dictionary<(string, string), Type>
        {
            [("authentication.k8s.io/v1", "TokenRequest")] = typeof(Authentication.V1.TokenRequest),
            [("autoscaling/v1", "Scale")] = typeof(Autoscaling.V1.Scale),
            [("policy/v1", "Eviction")] = typeof(Policy.V1.Eviction),
            // Sent with the version of whatever is deleted.
            [("", "DeleteOptions")] = typeof(Meta.V1.DeleteOptions),
        };
        foreach (var type in typeof(KubernetesObject).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<ResourceAttribute>() is { } resource)
                types[(resource.Group.Length == 0 ? resource.Version : $"{resource.Group}/{resource.Version}", resource.Kind)] = type;
        }

        return types;
    }
}
