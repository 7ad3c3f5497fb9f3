using System.Text.Json;

namespace Platform.ApiServer.CustomResources.Schemas;

/// <summary>Texts as messages quote them.</summary>
internal static class SchemaTexts
{
    public static string Quote(string text) => JsonSerializer.Serialize(text, SchemaText.Relaxed.String);
}
