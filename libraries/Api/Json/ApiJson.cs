using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Platform.Api.Json;

/// <summary>The JSON codec of the API's types. Source-generated, so that the first request costs no reflection.</summary>
public static class ApiJson
{
    /// <summary>The options with which every object is read and written.</summary>
    public static JsonSerializerOptions Options { get; } = Build();

    /// <summary>The object as UTF-8 JSON, without absent fields.</summary>
    public static byte[] Encode<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo<T>());

    /// <summary>The object as UTF-8 JSON, for a type known only at run time.</summary>
    public static byte[] Encode(object value) => JsonSerializer.SerializeToUtf8Bytes(value, Options.GetTypeInfo(value.GetType()));

    /// <summary>Reads an object; unknown fields are skipped.</summary>
    /// <exception cref="JsonException">The bytes are not JSON, or a value has the wrong type.</exception>
    public static T Decode<T>(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, TypeInfo<T>()) ?? throw new DocumentException("expected an object, found null");
        }
        catch (JsonException e)
        {
            throw JsonFault.Of(e, utf8, typeof(T));
        }
    }

    /// <summary>Reads an object of a type known only at run time; unknown fields are skipped.</summary>
    /// <exception cref="JsonException">The bytes are not JSON, or a value has the wrong type.</exception>
    public static object Decode(ReadOnlySpan<byte> utf8, Type type)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, Options.GetTypeInfo(type)) ?? throw new DocumentException("expected an object, found null");
        }
        catch (JsonException e)
        {
            throw JsonFault.Of(e, utf8, type);
        }
    }

    /// <summary>Reads any document.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return JsonDocument.Parse(utf8, JsonDepth.Document);
        }
        catch (JsonException e)
        {
            throw JsonFault.Of(e, utf8.Span);
        }
    }

    /// <summary>The serializer's contract of a type.</summary>
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>Whether two values are the same on the wire. Records compare lists by reference, so use this to find changes.</summary>
    public static bool Same<T>(T left, T right) => ReferenceEquals(left, right) || Encode(left).AsSpan().SequenceEqual(Encode(right));

    private static JsonSerializerOptions Build()
    {
        var options = new JsonSerializerOptions(ApiJsonContext.Default.Options)
        {
            TypeInfoResolver = ApiJsonContext.Default,
            MaxDepth = JsonDepth.Enclosed,
            // Everything outside quotes, control characters and lone surrogates goes out as it is, like Go's encoder with HTML escaping off.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly();
        return options;
    }
}
