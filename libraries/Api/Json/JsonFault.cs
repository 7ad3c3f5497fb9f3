using System.Text.Json;
using Platform.Api.Schema;

namespace Platform.Api.Json;

/// <summary>
/// What a client is told of a document that could not be read. The framework's own texts name its types and places and never leave this class: a reader that
/// fails has its failure told anew here, in the words of Go's decoder. Those cost another pass over the document, which only failures pay.
/// </summary>
public static class JsonFault
{
    private const string NotText = "invalid Unicode in a string";

    /// <summary>A failure of the framework's reader with what is wrong as its message; one of our own as it is.</summary>
    /// <param name="fault">What the reader has thrown.</param>
    /// <param name="json">What it was to read.</param>
    /// <param name="type">Declared type as which; null for none.</param>
    public static JsonException Of(Exception fault, ReadOnlySpan<byte> json, Type? type = null) =>
        fault is DocumentException told ? told : new DocumentException(Describe(fault, json, type), fault);

    /// <summary>What is wrong with a text as JSON; null where nothing is.</summary>
    public static string? Syntax(ReadOnlySpan<byte> json) => JsonSyntax.Fault(json);

    /// <summary>The sentence for a Status message.</summary>
    public static string Describe(JsonException fault) => fault switch
    {
        DocumentException => fault.Message,
        _ => IsFrameworks(fault) ? "the document is not valid JSON" : fault.Message,
    };

    private static string Describe(Exception fault, ReadOnlySpan<byte> json, Type? type)
    {
        if (JsonSyntax.Fault(json) is { } syntax)
            return syntax;
        if (type is not null && TypeError(json, type) is { } wrong)
            return wrong;
        // Strings that are no Unicode text are only found when they are read, and then have another exception.
        return fault is JsonException own && !IsFrameworks(own) ? own.Message : NotText;
    }

    private static string? TypeError(ReadOnlySpan<byte> json, Type type)
    {
        try
        {
            return StrictJson.Check(json, TypeSchema.Of(type)).TypeError;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsFrameworks(JsonException fault) =>
        fault.GetType() != typeof(JsonException) || fault.Message.StartsWith("The JSON value", StringComparison.Ordinal) || fault.InnerException is not null;
}

/// <summary>A document that cannot be read, with a message for clients.</summary>
public sealed class DocumentException(string message, Exception? inner = null) : JsonException(message, inner);
