using Platform.Api.ApiExtensions.V1;

namespace Platform.ApiServer.CustomResources.Definitions;

/// <summary>
/// Whether a definition gets the names that it asks for. Within a group a plural, singular, short name, kind or list kind belongs to the definition that
/// had it accepted first; who comes later waits, and is not served, until the name is free.
/// </summary>
internal static class DefinitionNames
{
    /// <summary>The status after looking at the names.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="others">The other definitions.</param>
    /// <param name="now">Time for conditions that change.</param>
    public static CustomResourceDefinitionStatus Accept(CustomResourceDefinition definition, IEnumerable<CustomResourceDefinition> others, DateTimeOffset now)
    {
        var taken = others.Where(o => o.Spec?.Group == definition.Spec!.Group && o.Metadata.Name != definition.Metadata.Name)
            .Select(o => o.Status?.AcceptedNames).OfType<CustomResourceDefinitionNames>().ToList();
        var resources = taken.SelectMany(n => (n.ShortNames ?? []).Append(n.Plural ?? "").Append(n.Singular ?? "")).ToHashSet(StringComparer.Ordinal);
        var kinds = taken.SelectMany(n => new[] { n.Kind ?? "", n.ListKind ?? "" }).ToHashSet(StringComparer.Ordinal);
        var (wanted, accepted) = (definition.Spec!.Names!, definition.Status?.AcceptedNames ?? new());
        string? reason = null, message = null;
        void Conflict(string why, string text) => (reason, message) = (why, text);

        var status = definition.Status ?? new();
        if (resources.Contains(wanted.Plural!))
            Conflict("PluralConflict", $"\"{wanted.Plural}\" is already in use");
        else
            accepted = accepted with { Plural = wanted.Plural };
        if (!string.IsNullOrEmpty(wanted.Singular) && resources.Contains(wanted.Singular))
            Conflict("SingularConflict", $"\"{wanted.Singular}\" is already in use");
        else
            accepted = accepted with { Singular = wanted.Singular };
        if ((wanted.ShortNames ?? []).Where(resources.Contains).ToList() is { Count: > 0 } shorts)
        {
            var texts = shorts.Select(s => $"\"{s}\" is already in use").ToList();
            Conflict("ShortNamesConflict", texts.Count == 1 ? texts[0] : $"[{string.Join(", ", texts)}]");
        }
        else
            accepted = accepted with { ShortNames = wanted.ShortNames };
        if (kinds.Contains(wanted.Kind!))
            Conflict("KindConflict", $"\"{wanted.Kind}\" is already in use");
        else
            accepted = accepted with { Kind = wanted.Kind };
        if (!string.IsNullOrEmpty(wanted.ListKind) && kinds.Contains(wanted.ListKind))
            Conflict("ListKindConflict", $"\"{wanted.ListKind}\" is already in use");
        else
            accepted = accepted with { ListKind = wanted.ListKind };
        accepted = accepted with { Categories = wanted.Categories };

        var conditions = status.Conditions.With(DefinitionConditions.NamesAccepted, reason is null, reason ?? "NoConflicts", message ?? "no conflicts found", now);
        var wasEstablished = definition.Is(DefinitionConditions.Established);
        if (!wasEstablished)
        {
            conditions = reason is null
                ? conditions.With(DefinitionConditions.Established, true, "InitialNamesAccepted", "the initial names have been accepted", now)
                : conditions.With(DefinitionConditions.Established, false, "NotAccepted", "not all names are accepted", now);
        }
        return status with { AcceptedNames = accepted, Conditions = conditions };
    }
}
