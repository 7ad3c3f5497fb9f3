using System.Text.Json;
using Platform.Api;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Schema;

namespace Platform.ApiServer.Registry.Decoding;

/// <summary>
/// Reads a body as a declared type, as strictly as the query parameter <c>fieldValidation</c> asks: Ignore takes what it knows, Warn (the
/// default) also names what it does not know in <c>Warning</c> headers, Strict refuses it.
/// </summary>
internal static class FieldValidation
{
    public const string Ignore = "Ignore";
    public const string Warn = "Warn";
    public const string Strict = "Strict";

    /// <summary>The mode that a request asks for.</summary>
    /// <param name="text">Query parameter; empty where it is not given.</param>
    /// <param name="options">Kind of the request's options, such as <c>CreateOptions</c>.</param>
    /// <exception cref="ApiException">422 for an unknown mode.</exception>
    public static string Mode(string? text, string options) => text switch
    {
        null or "" or Warn => Warn,
        Ignore or Strict => text,
        _ => throw ApiErrors.Invalid("meta.k8s.io", options, "", [FieldError.NotSupported("fieldValidation", text, ["", Ignore, Strict, Warn])]),
    };

    /// <summary>Reads a body.</summary>
    /// <param name="json">Body; YAML has been turned into JSON.</param>
    /// <param name="type">Declared type.</param>
    /// <param name="version">Version of the kind, as messages name it.</param>
    /// <param name="kind">Kind, as messages name it.</param>
    /// <param name="mode">One of the three modes.</param>
    /// <param name="warn">Takes each warning's text.</param>
    /// <exception cref="ApiException">400 where the body cannot be read, or is refused.</exception>
    public static KubernetesObject Decode(ReadOnlySpan<byte> json, Type type, string version, string kind, string mode, Action<string> warn)
    {
        if (mode != Ignore)
            Report(Check(json, type, version, kind), version, kind, mode, warn);
        try
        {
            return (KubernetesObject)ApiJson.Decode(json, type);
        }
        catch (JsonException exception)
        {
            // The codec's own message names CLR types; the strict pass says the same in the API's terms.
            var found = Check(json, type, version, kind);
            throw Unreadable(version, kind, found.TypeError ?? exception.Message);
        }
    }

    private static void Report(StrictResult result, string version, string kind, string mode, Action<string> warn)
    {
        if (result.TypeError is { } wrong)
            throw Unreadable(version, kind, wrong);
        if (result.Findings.Count == 0)
            return;
        if (mode == Strict)
            throw Unreadable(version, kind, "strict decoding error: " + string.Join(", ", result.Findings));
        foreach (var finding in result.Findings)
            warn(finding);
    }

    private static StrictResult Check(ReadOnlySpan<byte> json, Type type, string version, string kind)
    {
        try
        {
            var first = new Utf8JsonReader(json);
            if (!first.Read() || first.TokenType != JsonTokenType.StartObject)
                throw Unreadable(version, kind, $"json: cannot unmarshal {first.TokenType.ToString().ToLowerInvariant()} into Go value of type v1.{kind}");
            return StrictJson.Check(json, TypeSchema.Of(type));
        }
        catch (JsonException exception)
        {
            throw ApiErrors.BadRequest(
                $"the object provided is unrecognized (must be of type {kind}): couldn't get version/kind; json parse error: {exception.Message}");
        }
    }

    private static ApiException Unreadable(string version, string kind, string detail) =>
        ApiErrors.BadRequest($"{kind} in version \"{version}\" cannot be handled as a {kind}: {detail}");
}
