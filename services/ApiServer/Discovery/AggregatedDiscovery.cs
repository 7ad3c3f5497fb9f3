using System.Buffers;
using System.Text.Json;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Discovery;

/// <summary>Discovery in one document for all groups, in the forms <c>v2</c> and <c>v2beta1</c>, which differ in name only.</summary>
internal static class AggregatedDiscovery
{
    /// <summary>Encodes the list of groups.</summary>
    /// <param name="versions">Versions to list: of the core group for <c>/api</c>, of all others for <c>/apis</c>.</param>
    /// <param name="form"><c>v2</c> or <c>v2beta1</c>.</param>
    public static byte[] Encode(IEnumerable<ApiGroupVersion> versions, string form)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", "APIGroupDiscoveryList");
            writer.WriteString("apiVersion", $"apidiscovery.k8s.io/{form}");
            writer.WriteStartObject("metadata");
            writer.WriteEndObject();
            writer.WriteStartArray("items");
            foreach (var group in versions.GroupBy(v => v.Group))
                Group(writer, group);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static void Group(Utf8JsonWriter writer, IGrouping<string, ApiGroupVersion> group)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("metadata");
        if (group.Key.Length > 0)
            writer.WriteString("name", group.Key);
        writer.WriteNull("creationTimestamp");
        writer.WriteEndObject();
        writer.WriteStartArray("versions");
        foreach (var version in group)
        {
            writer.WriteStartObject();
            writer.WriteString("version", version.Version);
            writer.WritePropertyName("resources");
            Resources(writer, version);
            writer.WriteString("freshness", version.Foreign is { Discovery.IsCurrent: false } ? "Stale" : "Current");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Resources(Utf8JsonWriter writer, ApiGroupVersion version)
    {
        if (version.Foreign is { } foreign)
        {
            foreign.Discovery.Resources.WriteTo(writer);
            return;
        }

        writer.WriteStartArray();
        foreach (var definition in version.Resources)
            Resource(writer, definition);
        writer.WriteEndArray();
    }

    private static void Resource(Utf8JsonWriter writer, ResourceDefinition definition)
    {
        writer.WriteStartObject();
        writer.WriteString("resource", definition.Plural);
        Kind(writer, definition.Group, definition.Version, definition.Kind);
        writer.WriteString("scope", definition.Namespaced ? "Namespaced" : "Cluster");
        writer.WriteString("singularResource", definition.Singular);
        Strings(writer, "verbs", definition.Verbs.Order(StringComparer.Ordinal));
        if (definition.ShortNames.Count > 0)
            Strings(writer, "shortNames", definition.ShortNames);
        if (definition.Categories.Count > 0)
            Strings(writer, "categories", definition.Categories);
        if (definition.Subresources.Count > 0)
        {
            writer.WriteStartArray("subresources");
            foreach (var subresource in definition.Subresources.Values.OrderBy(s => s.Name, StringComparer.Ordinal))
            {
                writer.WriteStartObject();
                writer.WriteString("subresource", subresource.Name);
                Kind(writer, subresource.Group ?? definition.Group, subresource.Version ?? definition.Version, subresource.Kind ?? definition.Kind);
                Strings(writer, "verbs", subresource.Verbs.Order(StringComparer.Ordinal));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Kind(Utf8JsonWriter writer, string group, string version, string kind)
    {
        writer.WriteStartObject("responseKind");
        writer.WriteString("group", group);
        writer.WriteString("version", version);
        writer.WriteString("kind", kind);
        writer.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
