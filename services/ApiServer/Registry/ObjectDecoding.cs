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
    public static KubernetesObject Decode(byte[] json, RegistryRequest request, WriteContext context)
    {
        var codec = request.Definition.Codec;
        try
        {
            return Decode(json, codec, request, context, () => codec.Check(json).Findings);
        }
        catch (DocumentException e)
        {
            throw Refusal(json, request.Definition.Kind, request.Definition.Version, e);
        }
    }

    /// <summary>Reads what a subresource takes that is not an object of the resource itself, such as the scale of one.</summary>
    /// <param name="json">The document.</param>
    /// <param name="request">The request.</param>
    /// <param name="context">Gets the warnings.</param>
    /// <param name="kind">The kind that is expected.</param>
    /// <param name="versions">The versions that are accepted; the first is the one that is expected.</param>
    /// <exception cref="ApiException">400 where the document does not fit, or says that it is something else.</exception>
    public static T Decode<T>(byte[] json, RegistryRequest request, WriteContext context, string kind, params string[] versions)
        where T : KubernetesObject
    {
        var codec = TypedCodec.Of(typeof(T));
        try
        {
            return (T)Decode(json, codec, request, context, () => codec.Check(json).Findings,
                value => ObjectMetadata.CheckKind(value, versions.FirstOrDefault(v => v == value.ApiVersion) ?? versions[0], kind));
        }
        catch (JsonException e)
        {
            throw Refusal(json, kind, versions[0][(versions[0].IndexOf('/', StringComparison.Ordinal) + 1)..], e);
        }
    }

    /// <summary>400 for a body that is not what it has to be.</summary>
    public static ApiException Refusal(ReadOnlySpan<byte> json, string kind, string version, JsonException fault) => Unreadable(json) is { } reason
        ? Unrecognized(kind, $"couldn't get version/kind; json parse error: {reason}", json)
        : ApiErrors.BadRequest($"{kind} in version \"{version}\" cannot be handled as a {kind}: {JsonFault.Describe(fault)}");

    /// <summary>Reads a document, such as the outcome of a patch.</summary>
    /// <param name="json">The document.</param>
    /// <param name="codec">The type that it is to have.</param>
    /// <param name="request">The request, which says what to do about findings.</param>
    /// <param name="context">Gets the warnings.</param>
    /// <param name="check">Finds unknown and repeated fields.</param>
    /// <param name="accept">Refuses what says that it is something else, before its fields are looked at.</param>
    /// <exception cref="DocumentException">The document does not fit.</exception>
    public static KubernetesObject Decode(
        ReadOnlySpan<byte> json, IObjectCodec codec, RegistryRequest request, WriteContext context, Func<IReadOnlyList<string>> check, Action<KubernetesObject>? accept = null)
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
            accept?.Invoke(value);
            if (mode == Ignore)
                return value;
            var findings = check();
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
