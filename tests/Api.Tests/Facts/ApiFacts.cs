using System.Text.Json;

namespace Platform.Api.Tests.Facts;

/// <summary>
/// What the Kubernetes API of v1.32 declares, as published in its OpenAPI and protobuf files. The folder beside this file holds the part that
/// concerns declared types, so that the comparison always runs; the whole, where it lies beside the checkout, must agree with that part.
/// </summary>
internal static class ApiFacts
{
    /// <summary>Names the folder with the whole where it is not <c>../shared/api-facts</c> from the repository's root.</summary>
    public const string Variable = "PLATFORM_API_FACTS";

    public static JsonElement Types { get; } = Load(Path.Combine(AppContext.BaseDirectory, "Facts"), "types.json");

    public static JsonElement Resources { get; } = Load(Path.Combine(AppContext.BaseDirectory, "Facts"), "resources.json");

    /// <summary>The folder with the whole; null where there is none.</summary>
    public static string? Whole()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return given;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "api-facts");
            if (File.Exists(Path.Combine(candidate, "types.json")))
                return candidate;
        }

        return null;
    }

    public static JsonElement Load(string folder, string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, file)));
        return document.RootElement.Clone();
    }
}
