using System.Text.Json;

namespace Platform.Api.Json;

/// <summary>What a client is told of a document that could not be read: the place and the fault, and no name of a .NET type.</summary>
public static class JsonFault
{
    private const string WrongType = "The JSON value could not be converted to";

    /// <summary>The sentence for a Status message.</summary>
    public static string Describe(JsonException fault)
    {
        if (!fault.Message.StartsWith(WrongType, StringComparison.Ordinal))
            return fault.Message;
        var field = fault.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? $"field \"{path[2..]}\"" : "the document";
        return $"json: the value of {field} is of the wrong type, nested too deeply or not valid text";
    }
}
