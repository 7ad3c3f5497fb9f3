using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Platform.Api.Schema;

namespace Platform.Api.Protobuf;

/// <summary>
/// Turns objects from JSON, which is how they are stored, into the protobuf form that upstream's own components prefer, by the field numbers of the
/// declarations and without making objects. Fields that are not declared are left out. An object is wrapped in an envelope that says what it is.
/// </summary>
public static class JsonProtobuf
{
    private const int MaximumDepth = 100;
    private const int NameLength = 128;

    private static readonly byte[] Magic = [0x6b, 0x38, 0x73, 0x00];

    /// <summary>Whether objects of a declared type have a protobuf form.</summary>
    public static bool Has(Type type) => ProtobufKinds.Has(type);

    /// <summary>Writes an object with its envelope. False where its kind has no protobuf form; then nothing is written.</summary>
    /// <exception cref="JsonException">The bytes are not an object of their kind.</exception>
    public static bool TryWrite(ReadOnlySpan<byte> json, ProtobufBuffer output)
    {
        if (!Utf8.IsValid(json))
            throw new JsonException("invalid UTF-8 in the object");
        var (apiVersion, kind) = ProtobufKinds.Read(json);
        if (ProtobufKinds.Of(apiVersion, kind) is not { } type)
            return false;
        EnvelopeHead(output, apiVersion, kind);
        var raw = output.Begin(2);
        Message(json, type, output);
        output.End(raw);
        EnvelopeEnd(output);
        return true;
    }

    /// <summary>Writes an object of a kind without an envelope, as lists hold their items.</summary>
    /// <exception cref="JsonException">The bytes are not an object of the kind, or there is no such kind.</exception>
    public static void WriteItem(ReadOnlySpan<byte> json, string apiVersion, string kind, ProtobufBuffer output) =>
        Message(json, ProtobufKinds.Of(apiVersion, kind) ?? throw new JsonException($"{apiVersion} {kind} has no protobuf form"), output);

    /// <summary>Writes a list's metadata as the field of the list that it is.</summary>
    public static void WriteListMeta(ReadOnlySpan<byte> json, ProtobufBuffer output)
    {
        var mark = output.Begin(1);
        Message(json, typeof(Meta.V1.ListMeta), output);
        output.End(mark);
    }

    /// <summary>Writes what comes before the object in its envelope: the field number of the object itself is 2.</summary>
    public static void EnvelopeHead(ProtobufBuffer output, string apiVersion, string kind)
    {
        output.Raw(Magic);
        var meta = output.Begin(1);
        output.Bytes(1, Encoding.UTF8.GetBytes(apiVersion));
        output.Bytes(2, Encoding.UTF8.GetBytes(kind));
        output.End(meta);
    }

    /// <summary>Writes what comes behind the object in its envelope: that it is neither compressed nor of another content type.</summary>
    public static void EnvelopeEnd(ProtobufBuffer output)
    {
        output.Bytes(3, default);
        output.Bytes(4, default);
    }

    private static void Message(ReadOnlySpan<byte> json, Type type, ProtobufBuffer output)
    {
        var reader = new Utf8JsonReader(json, Json.JsonDepth.Reader);
        reader.Read();
        WriteObject(ref reader, ProtobufType.Of(TypeSchema.Of(type)), output, 0);
    }

    private static void WriteObject(ref Utf8JsonReader reader, ProtobufType type, ProtobufBuffer output, int depth)
    {
        if (depth > MaximumDepth)
            throw new JsonException("the object is nested too deeply");
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"expected an object as {type.Schema.Type.Name}");
        var start = reader;
        WriteMembers(ref reader, type, 0, output, depth);
        if (type.Messages.Count > 1)
            WriteEmbedded(start, type, 0, output, depth);
    }

    // What is embedded lies scattered in the JSON object, so it is gone through once more for each embedded message. Few types have any.
    private static void WriteEmbedded(Utf8JsonReader start, ProtobufType type, int parent, ProtobufBuffer output, int depth)
    {
        for (var i = 1; i < type.Messages.Count; i++)
        {
            if (type.Messages[i].Parent != parent)
                continue;
            var before = output.Length;
            var mark = output.Begin(type.Messages[i].Number);
            var reader = start;
            WriteMembers(ref reader, type, i, output, depth);
            WriteEmbedded(start, type, i, output, depth);
            if (output.Length == mark)
                output.Reset(before);
            else
                output.End(mark);
        }
    }

    /// <summary>Writes the members of an object that are in one of its messages, and moves to the object's end.</summary>
    private static void WriteMembers(ref Utf8JsonReader reader, ProtobufType type, int message, ProtobufBuffer output, int depth)
    {
        Span<char> buffer = stackalloc char[NameLength];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = reader.ValueSpan.Length <= NameLength ? type.Find(buffer[..reader.CopyString(buffer)]) : null;
            reader.Read();
            if (member is null || member.Message != message || reader.TokenType == JsonTokenType.Null)
                reader.Skip();
            else
                WriteMember(ref reader, member, output, depth);
        }
    }

    private static void WriteMember(ref Utf8JsonReader reader, ProtobufMember member, ProtobufBuffer output, int depth)
    {
        var (type, published) = (member.Type, member.Field.PublishedAs);
        switch (type.Shape)
        {
            case SchemaShape.List:
                WriteItems(ref reader, type.Item!, published, member.Number, output, depth);
                break;
            case SchemaShape.Map:
                Expect(ref reader, JsonTokenType.StartObject);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var entry = output.Begin(member.Number);
                    WriteText(ref reader, 1, output);
                    reader.Read();
                    WriteValue(ref reader, type.Item!, published, 2, output, depth);
                    output.End(entry);
                }

                break;
            default:
                WriteValue(ref reader, type, published, member.Number, output, depth);
                break;
        }
    }

    private static void WriteItems(ref Utf8JsonReader reader, TypeSchema item, string? published, int number, ProtobufBuffer output, int depth)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            WriteValue(ref reader, item, published, number, output, depth);
    }

    private static void WriteValue(ref Utf8JsonReader reader, TypeSchema type, string? published, int number, ProtobufBuffer output, int depth)
    {
        // Only an item of a list or map can be null here; it is an item with nothing in it.
        var isNull = reader.TokenType == JsonTokenType.Null;
        switch (type.Shape)
        {
            case SchemaShape.Int32 or SchemaShape.Int64:
                output.Integer(number, isNull ? 0 : reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var whole) ? whole : throw Unexpected(ref reader));
                break;
            case SchemaShape.Boolean:
                output.Integer(number, isNull ? 0 : reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() ? 1 : 0 : throw Unexpected(ref reader));
                break;
            case SchemaShape.Number:
                output.Double(number, isNull ? 0 : reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number64) ? number64 : throw Unexpected(ref reader));
                break;
            case SchemaShape.Raw:
                ProtobufRaw.Write(ref reader, published, number, output, depth);
                break;
            case var _ when isNull:
                output.Bytes(number, default);
                break;
            case SchemaShape.String:
                Expect(ref reader, JsonTokenType.String);
                WriteText(ref reader, number, output);
                break;
            case SchemaShape.Bytes:
                Expect(ref reader, JsonTokenType.String);
                WriteBytes(ref reader, number, output);
                break;
            default:
                var mark = output.Begin(number);
                WriteMessage(ref reader, type, output, depth);
                output.End(mark);
                break;
        }
    }

    private static void WriteMessage(ref Utf8JsonReader reader, TypeSchema type, ProtobufBuffer output, int depth)
    {
        switch (type.Shape)
        {
            case SchemaShape.Time or SchemaShape.MicroTime:
                Expect(ref reader, JsonTokenType.String);
                if (!reader.TryGetDateTimeOffset(out var time))
                    throw new JsonException("expected an RFC 3339 time");
                output.Integer(1, time.ToUnixTimeSeconds());
                output.Integer(2, time.UtcTicks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
                break;
            case SchemaShape.Quantity:
                if (reader.TokenType == JsonTokenType.Number)
                    output.Bytes(1, reader.ValueSpan);
                else
                    WriteText(ref reader, 1, output);
                break;
            case SchemaShape.IntOrString:
                var isNumber = reader.TokenType == JsonTokenType.Number;
                output.Integer(1, isNumber ? 0 : 1);
                output.Integer(2, !isNumber ? 0 : reader.TryGetInt32(out var int32) ? int32 : throw Unexpected(ref reader));
                if (isNumber)
                    output.Bytes(3, default);
                else
                    WriteText(ref reader, 3, output);
                break;
            case SchemaShape.List:
                // A map's value that is a list has a message of its own, whose only field the items are.
                WriteItems(ref reader, type.Item!, null, 1, output, depth);
                break;
            case SchemaShape.Object:
                WriteObject(ref reader, ProtobufType.Of(type), output, depth + 1);
                break;
            default:
                throw new JsonException($"a value of shape {type.Shape} has no protobuf form");
        }
    }

    /// <summary>Writes a schema of a custom resource, where its field may hold something else as well.</summary>
    internal static void WriteSchema(ref Utf8JsonReader reader, int number, ProtobufBuffer output, int depth)
    {
        var mark = output.Begin(number);
        WriteObject(ref reader, ProtobufType.Of(TypeSchema.Of(typeof(ApiExtensions.V1.JSONSchemaProps))), output, depth + 1);
        output.End(mark);
    }

    /// <summary>Writes a string or a property's name.</summary>
    internal static void WriteText(ref Utf8JsonReader reader, int number, ProtobufBuffer output)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
            throw Unexpected(ref reader);
        if (!reader.ValueIsEscaped)
        {
            output.Bytes(number, reader.ValueSpan);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        output.Bytes(number, rented.AsSpan(0, reader.CopyString(rented)));
        ArrayPool<byte>.Shared.Return(rented);
    }

    private static void WriteBytes(ref Utf8JsonReader reader, int number, ProtobufBuffer output)
    {
        if (reader.ValueIsEscaped)
        {
            output.Bytes(number, reader.TryGetBytesFromBase64(out var decoded) ? decoded : throw new JsonException("illegal base64 data"));
            return;
        }

        var mark = output.Begin(number);
        var status = Base64.DecodeFromUtf8(reader.ValueSpan, output.Room(Base64.GetMaxDecodedFromUtf8Length(reader.ValueSpan.Length)), out _, out var written);
        if (status != OperationStatus.Done)
            throw new JsonException("illegal base64 data");
        output.Advance(written);
        output.End(mark);
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (reader.TokenType != token)
            throw Unexpected(ref reader);
    }

    private static JsonException Unexpected(ref Utf8JsonReader reader) => new($"unexpected {reader.TokenType} in an object that is to become protobuf");
}
