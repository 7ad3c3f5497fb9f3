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
    public static KubernetesObject Decode(ReadOnlySpan<byte> json, IObjectCodec codec, RegistryRequest request, WriteContext context)
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
            var findings = codec.Check(json).Findings;
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
