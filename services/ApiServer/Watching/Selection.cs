using Platform.Api.Selectors;

namespace Platform.ApiServer.Watching;

/// <summary>Which objects of a resource a list or watch is about: one namespace or all, narrowed by selectors.</summary>
/// <param name="Namespace">Namespace; empty for all.</param>
/// <param name="Labels">Condition on labels.</param>
/// <param name="Fields">Condition on fields.</param>
internal sealed record Selection(string Namespace, Selector Labels, FieldSelector Fields)
{
    public static readonly Selection Everything = new("", Selector.Everything, FieldSelector.Everything);

    private LabelMatcher? _matcher;

    /// <summary>Whether a namespace is all that narrows it.</summary>
    public bool IsWhole => Labels.IsEmpty && Fields.IsEmpty;

    /// <summary>Least key that can match.</summary>
    public string From => Namespace.Length == 0 ? "" : Namespace + "/";

    /// <summary>Least key behind all that can match; null where there is none. '0' is the character after '/'.</summary>
    public string? To => Namespace.Length == 0 ? null : Namespace + "0";

    /// <summary>The only name that can match; null where there are several.</summary>
    public string? Name => Fields.RequiredValue(CachedObject.NameField);

    // A copy made by `with` brings the field along, so it must be asked whose it is.
    private LabelMatcher Matcher => _matcher is { } made && ReferenceEquals(made.Selector, Labels) ? made : _matcher = new(Labels);

    public bool Matches(CachedObject value) =>
        (Namespace.Length == 0 || value.Namespace.SequenceEqual(Namespace)) && MatchesSelectors(value);

    public bool MatchesSelectors(CachedObject value)
    {
        var requirements = Fields.Requirements;
        for (var i = 0; i < requirements.Count; i++)
        {
            var requirement = requirements[i];
            if (value.Field(requirement.Field).SequenceEqual(requirement.Value) == requirement.Negated)
                return false;
        }
        return Labels.IsEmpty || Matcher.Matches(value.LabelBytes);
    }
}
