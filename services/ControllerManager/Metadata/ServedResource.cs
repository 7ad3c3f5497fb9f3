namespace Platform.ControllerManager.Metadata;

/// <summary>A resource that the API server serves, by discovery; built-in or custom.</summary>
/// <param name="Group">Group; empty for the core one.</param>
/// <param name="Version">Version.</param>
/// <param name="Plural">Name in paths.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Namespaced">Whether its objects live in namespaces.</param>
/// <param name="Verbs">What it supports.</param>
internal sealed record ServedResource(string Group, string Version, string Plural, string Kind, bool Namespaced, IReadOnlyList<string> Verbs)
{
    /// <summary>Group and version as in objects.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Path of the collection, of one namespace where one is given.</summary>
    public string Collection(string? ns) =>
        (Group.Length == 0 ? $"api/{Version}/" : $"apis/{Group}/{Version}/")
        + (Namespaced && !string.IsNullOrEmpty(ns) ? $"namespaces/{Uri.EscapeDataString(ns)}/{Plural}" : Plural);

    /// <summary>Path of an object.</summary>
    public string Item(string? ns, string name) => $"{Collection(ns)}/{Uri.EscapeDataString(name)}";

    public bool Supports(params ReadOnlySpan<string> verbs)
    {
        foreach (var verb in verbs)
        {
            if (!Verbs.Contains(verb))
                return false;
        }
        return true;
    }

    /// <summary>Whether this is the same resource, whatever verbs it has.</summary>
    public bool IsSameAs(ServedResource other) => Group == other.Group && Version == other.Version && Plural == other.Plural;
}

/// <summary>What discovery found.</summary>
/// <param name="Resources">Each resource once, in the version that its group prefers.</param>
/// <param name="Failures">Groups that did not answer, each with the reason; what they serve is unknown.</param>
internal sealed record DiscoveredResources(IReadOnlyList<ServedResource> Resources, IReadOnlyDictionary<string, string> Failures);
