using Platform.Api;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Watching;

/// <summary>The fields of a kind that field selectors may name, besides name and namespace, in a fixed order.</summary>
internal sealed class SelectableFieldSet
{
    private readonly string[] _names;
    private readonly Func<KubernetesObject, string>[] _readers;

    public SelectableFieldSet(ResourceDefinition definition)
    {
        _names = [.. definition.Rules.SelectableFields.Keys];
        _readers = [.. _names.Select(name => definition.Rules.SelectableFields[name])];
    }

    public int IndexOf(string name) => Array.IndexOf(_names, name);

    /// <summary>Whether a selector may name the field.</summary>
    public bool Supports(string name) => name is "metadata.name" or "metadata.namespace" || IndexOf(name) >= 0;

    public string[] Read(KubernetesObject value) => Array.ConvertAll(_readers, read => read(value) ?? "");
}
