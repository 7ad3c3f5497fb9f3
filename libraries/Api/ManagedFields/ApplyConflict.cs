namespace Platform.Api.ManagedFields;

/// <summary>A field that somebody else owns, with another value than the one applied.</summary>
/// <param name="Owner">Who owns it.</param>
/// <param name="Path">The field.</param>
public sealed record ApplyConflict(ManagerId Owner, IReadOnlyList<PathElement> Path)
{
    /// <summary>The field as messages show it.</summary>
    public string Field => string.Concat(Path);

    /// <summary>The message of a failure with these conflicts, as upstream words it.</summary>
    public static string Describe(IReadOnlyList<ApplyConflict> conflicts)
    {
        if (conflicts.Count == 1)
            return $"Apply failed with 1 conflict: conflict with {conflicts[0].Owner}: {conflicts[0].Field}";
        var lines = conflicts.GroupBy(c => c.Owner).OrderBy(g => g.Key)
            .SelectMany(g => g.Select(c => $"- {c.Field}").Prepend($"conflicts with {g.Key}:"));
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Apply failed with {conflicts.Count} conflicts: {string.Join('\n', lines)}");
    }
}
