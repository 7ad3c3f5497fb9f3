using System.Text.Json;

namespace Platform.Cli.History;

/// <summary>An object's history as people read it: a line for each revision, its changes below.</summary>
internal static class HistoryText
{
    /// <summary>Changes of one revision that are shown unless all are asked for.</summary>
    private const int ShownChanges = 8;

    /// <summary>Characters of a value that are shown unless all are asked for.</summary>
    private const int ShownCharacters = 80;

    public static void Print(TextWriter output, JsonElement history, bool all)
    {
        foreach (var revision in history.GetProperty("items").EnumerateArray())
            PrintRevision(output, revision, all);
    }

    /// <summary>The changes of one revision.</summary>
    public static void PrintChanges(TextWriter output, JsonElement revision, bool all)
    {
        if (!revision.TryGetProperty("changes", out var changes))
            return;
        var shown = all ? changes.GetArrayLength() : ShownChanges;
        foreach (var change in changes.EnumerateArray().Take(shown))
            output.WriteLine($"    {change.GetProperty("path").GetString()}: {Show(change, "from", all)} → {Show(change, "to", all)}");
        var more = changes.GetArrayLength() - shown + (revision.TryGetProperty("changesOmitted", out var omitted) ? omitted.GetInt32() : 0);
        if (more > 0)
            output.WriteLine($"    and {more} more");
    }

    private static void PrintRevision(TextWriter output, JsonElement revision, bool all)
    {
        var what = revision.GetProperty("type").GetString()!.ToLowerInvariant();
        if (revision.TryGetProperty("statusOnly", out _))
            what = "status";
        output.WriteLine($"{revision.GetProperty("revision").GetString(),-10} {revision.GetProperty("time").GetString()}  {what,-8} {revision.GetProperty("user").GetString()}");
        PrintChanges(output, revision, all);
    }

    private static string Show(JsonElement change, string name, bool all)
    {
        if (change.TryGetProperty(name + "Bytes", out var bytes))
            return $"({bytes.GetInt32()} bytes)";
        if (!change.TryGetProperty(name, out var value))
            return "(nothing)";
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()!.ReplaceLineEndings("⏎") : value.GetRawText();
        return all || text.Length <= ShownCharacters ? text : text[..ShownCharacters] + "…";
    }
}
