using System.Text.Json;
using Platform.Api;
using Platform.Api.Errors;
using Platform.Api.Json;

namespace Platform.ApiServer.Registry;

/// <summary>
/// Reads a JSON document as the type of a resource. Unknown and repeated fields are warned about, refused or ignored, as the request's
/// <c>fieldValidation</c> wants; values of a wrong type are always refused.
/// </summary>
internal static class ObjectDecoding
{
    private const string Ignore = "Ignore";
    private const string Strict = "Strict";

    /// <exception cref="ApiException">400 where the document does not fit.</exception>
    public static KubernetesObject Decode(ReadOnlySpan<byte> json, RegistryRequest request, WriteContext context) =>
        Decode(json, request.Definition.Codec, request, context);

    /// <summary>Reads what is not an object of the resource itself, such as the scale of one.</summary>
    /// <exception cref="ApiException">400 where the document does not fit.</exception>
    /// <param name="unchecked">What of the document is the client's own and is checked for unknown and repeated fields; empty: all of it.</param>
    public static KubernetesObject Decode(
        ReadOnlySpan<byte> json, IObjectCodec codec, RegistryRequest request, WriteContext context, ReadOnlySpan<byte> @unchecked = default)
    {
        var mode = request.Query("fieldValidation");
        if (mode is not ("" or "Warn" or Ignore or Strict))
            throw ApiErrors.Invalid("meta.k8s.io", "CreateOptions", "", [FieldError.NotSupported("fieldValidation", mode, [Ignore, "Warn", Strict])]);
        var definition = request.Definition;
        try
        {
            var value = codec.Decode(json);
            value.Metadata ??= new();
            if (mode == Ignore)
                return value;
            var findings = Findings(json, codec, @unchecked);
            if (findings.Count > 0 && mode == Strict)
                throw Unreadable(definition, "strict decoding error: " + string.Join(", ", findings));
            context.Warnings.AddRange(findings);
            return value;
        }
        catch (JsonException e)
        {
            throw Unreadable(definition, TypeError(json, codec) ?? JsonFault.Describe(e));
        }
    }

    private static IReadOnlyList<string> Findings(ReadOnlySpan<byte> json, IObjectCodec codec, ReadOnlySpan<byte> @unchecked)
    {
        if (@unchecked.IsEmpty)
            return codec.Check(json).Findings;
        // A patch may name unknown fields to remove them, so only what it repeats is wrong in itself; the rest is judged by the outcome.
        var own = codec.Check(@unchecked).Findings;
        return own.Count == 0 ? own : [.. own.Where(f => f.StartsWith("duplicate field", StringComparison.Ordinal)), .. codec.Check(json).Findings];
    }

    private static string? TypeError(ReadOnlySpan<byte> json, IObjectCodec codec)
    {
        try
        {
            return codec.Check(json).TypeError;
        }
        catch (JsonException)
        {
            // Not JSON at all: the first reader's message says where.
            return null;
        }
    }

    private static ApiException Unreadable(ResourceDefinition definition, string detail) =>
        ApiErrors.BadRequest($"{definition.Kind} in version \"{definition.Version}\" cannot be handled as a {definition.Kind}: {detail}");
}
