using System.Text;
using System.Text.Json;
using Platform.Api;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.Patching;

namespace Platform.ApiServer.Registry;

/// <summary>
/// Reads a JSON document as the type of a resource. Unknown and repeated fields are warned about, refused or ignored, as the request's
/// <c>fieldValidation</c> wants; values of a wrong type are always refused.
/// </summary>
internal static class ObjectDecoding
{
    private const string Ignore = "Ignore";
    private const string Strict = "Strict";

    /// <summary>Bytes of a body that is not recognized which are shown.</summary>
    private const int ShownBytes = 30;

    /// <exception cref="ApiException">400 where the document does not fit.</exception>
    public static KubernetesObject Decode(ReadOnlySpan<byte> json, RegistryRequest request, WriteContext context) =>
        Decode(json, request.Definition.Codec, request, context);

    /// <summary>Reads what is not an object of the resource itself, such as the scale of one.</summary>
    /// <exception cref="ApiException">400 where the document does not fit.</exception>
    public static KubernetesObject Decode(ReadOnlySpan<byte> json, IObjectCodec codec, RegistryRequest request, WriteContext context)
    {
        try
        {
            return Patched(json, codec, request, context, default);
        }
        catch (DocumentException e)
        {
            throw Refusal(json, request.Definition.Kind, request.Definition.Version, e);
        }
    }

    /// <summary>400 for a body that is not what it has to be.</summary>
    public static ApiException Refusal(ReadOnlySpan<byte> json, string kind, string version, JsonException fault) => Unreadable(json) is { } reason
        ? Unrecognized(kind, $"couldn't get version/kind; json parse error: {reason}", json)
        : ApiErrors.BadRequest($"{kind} in version \"{version}\" cannot be handled as a {kind}: {JsonFault.Describe(fault)}");

    /// <summary>Reads the outcome of a patch.</summary>
    /// <param name="own">What of the document is the client's own and is checked for unknown and repeated fields; empty: all of it.</param>
    /// <exception cref="DocumentException">The document does not fit.</exception>
    public static KubernetesObject Patched(
        ReadOnlySpan<byte> json, IObjectCodec codec, RegistryRequest request, WriteContext context, ReadOnlySpan<byte> own)
    {
        var mode = request.Query("fieldValidation");
        if (mode is not ("" or "Warn" or Ignore or Strict))
        {
            throw ApiErrors.Invalid("meta.k8s.io", FieldManager.OptionsKind(request.Info.Verb), "",
                [FieldError.NotSupported("fieldValidation", mode, [Ignore, "Warn", Strict])]);
        }

        try
        {
            var value = codec.Decode(json);
            value.Metadata ??= new();
            if (mode == Ignore)
                return value;
            var findings = Findings(json, codec, own);
            if (findings.Count > 0 && mode == Strict)
                throw new DocumentException("strict decoding error: " + string.Join(", ", findings));
            context.Warnings.AddRange(findings);
            return value;
        }
        catch (JsonException e)
        {
            throw new DocumentException(TypeError(json, codec) ?? JsonFault.Of(e, json).Message, e);
        }
    }

    /// <summary>400 for a body of which not even the kind can be told.</summary>
    public static ApiException Unrecognized(string kind, string reason, ReadOnlySpan<byte> body)
    {
        var start = body[..Math.Min(body.Length, ShownBytes)];
        var shown = body.IsEmpty ? "<empty>" : start[0] == '{' ? Encoding.UTF8.GetString(start) : Convert.ToHexStringLower(start);
        return ApiErrors.BadRequest($"the object provided is unrecognized (must be of type {kind}): {reason} ({shown}{(body.Length > ShownBytes ? " ..." : "")})");
    }

    private static IReadOnlyList<string> Findings(ReadOnlySpan<byte> json, IObjectCodec codec, ReadOnlySpan<byte> own)
    {
        if (own.IsEmpty)
            return codec.Check(json).Findings;
        // A patch may name unknown fields to remove them, so only what it repeats is wrong in itself; the rest is judged by the outcome.
        var repeated = codec.Check(own).Findings;
        return repeated.Count == 0 ? repeated : [.. repeated.Where(f => f.StartsWith("duplicate field", StringComparison.Ordinal)), .. codec.Check(json).Findings];
    }

    private static string? TypeError(ReadOnlySpan<byte> json, IObjectCodec codec)
    {
        try
        {
            return codec.Check(json).TypeError;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON at all: the first reader's message says why.
            return null;
        }
    }

    /// <summary>Why version and kind, which upstream reads first, cannot be read; null where they can.</summary>
    private static string? Unreadable(ReadOnlySpan<byte> json)
    {
        if (JsonFault.Syntax(json) is { } fault)
            return fault;
        var reader = new Utf8JsonReader(json, JsonDepth.Reader);
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return $"json: cannot unmarshal {Kind(reader.TokenType)} into Go value of type "
                + "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }";
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.ValueTextEquals("apiVersion"u8) ? "apiVersion" : reader.ValueTextEquals("kind"u8) ? "kind" : null;
            reader.Read();
            if (field is not null && reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
                return $"json: cannot unmarshal {Kind(reader.TokenType)} into Go struct field .{field} of type string";
            reader.Skip();
        }

        return null;
    }

    private static string Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "object",
        JsonTokenType.StartArray => "array",
        JsonTokenType.String => "string",
        JsonTokenType.Number => "number",
        JsonTokenType.True or JsonTokenType.False => "bool",
        _ => "null",
    };
}
