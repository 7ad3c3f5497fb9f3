using System.Collections.Frozen;
using Platform.Api;
using Platform.Api.ApiExtensions.V1;
using SelectableField = Platform.ApiServer.Registry.SelectableField;
using Platform.ApiServer.CustomResources.Definitions;
using Platform.ApiServer.CustomResources.Rules;
using Platform.ApiServer.CustomResources.Schemas;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.CustomResources;

/// <summary>Makes the resource definitions of a CustomResourceDefinition: one per version, of which the storage version has the cache.</summary>
internal sealed class CustomDefinitions(ConversionWebhook webhook)
{
    private static readonly string[] ReadWrite = ["get", "patch", "update"];

    public IReadOnlyList<ResourceDefinition> Of(CustomResourceDefinition definition)
    {
        var spec = definition.Spec!;
        var versions = spec.Versions!;
        var schemas = versions.ToDictionary(v => v.Name!, v => StructuralSchema.Of(SchemaOf(v, spec)), StringComparer.Ordinal);
        var converts = spec.Conversion?.Strategy == "Webhook";
        var codecs = versions.ToDictionary(v => v.Name!, v => new CustomCodec(schemas[v.Name!], $"{spec.Group}/{v.Name}", !converts), StringComparer.Ordinal);
        var conversion = versions.Count == 1 ? null
            : converts ? new CustomConversion(codecs, webhook, spec.Conversion!.Webhook!)
            : new CustomConversion(codecs, null, null);
        // One cache serves all versions, so it knows the selectable fields of all of them.
        var fields = versions.SelectMany(Fields).DistinctBy(f => f.Name).ToList();
        var storage = versions.First(v => v.Storage == true);
        var owner = Make(storage, null);
        // A version that is not served is made too: fields may be owned in it.
        var others = versions.Where(v => v != storage).Select(v => Make(v, owner)).ToList();
        return [owner, .. others.Where(d => d.IsServed)];

        ResourceDefinition Make(CustomResourceDefinitionVersion version, ResourceDefinition? storedAs)
        {
            var names = definition.Status!.AcceptedNames!;
            return new()
            {
                Group = spec.Group!,
                Version = version.Name!,
                Plural = names.Plural!,
                Kind = names.Kind!,
                Singular = names.Singular!,
                ListKind = names.ListKind!,
                Namespaced = spec.Scope == "Namespaced",
                ShortNames = names.ShortNames ?? [],
                Categories = names.Categories ?? [],
                Verbs = ResourceAttribute.AllVerbs.Where(v => v != "create" || !definition.Is(DefinitionConditions.Terminating)).ToFrozenSet(StringComparer.Ordinal),
                Subresources = Subresources(version).ToFrozenDictionary(s => s.Name, StringComparer.Ordinal),
                ObjectType = typeof(CustomObject),
                Codec = codecs[version.Name!],
                Rules = new CustomResourceRules(version, schemas[version.Name!], storedAs is null ? fields : [.. Fields(version)], RuleEvaluation.Of(schemas[version.Name!])),
                StoredAs = storedAs,
                Conversion = conversion,
                IsServed = version.Served == true,
                DeprecationWarning = version.Deprecated != true ? null : version.DeprecationWarning ?? $"{spec.Group}/{version.Name} {names.Kind} is deprecated",
                Scale = version.Subresources?.Scale is { } scale ? new CustomScale(scale) : null,
            };
        }
    }

    private static JSONSchemaProps SchemaOf(CustomResourceDefinitionVersion version, CustomResourceDefinitionSpec spec)
    {
        var schema = version.Schema?.OpenAPIV3Schema ?? new() { Type = "object", XKubernetesPreserveUnknownFields = true };
        return spec.PreserveUnknownFields == true ? schema with { XKubernetesPreserveUnknownFields = true } : schema;
    }

    private static IEnumerable<SelectableField> Fields(CustomResourceDefinitionVersion version) =>
        (version.SelectableFields ?? []).Select(f => new SelectableField(f.JsonPath!.TrimStart('.')));

    private static IEnumerable<SubresourceAttribute> Subresources(CustomResourceDefinitionVersion version)
    {
        if (version.Subresources?.Status is not null)
            yield return new("status") { Verbs = ReadWrite };
        if (version.Subresources?.Scale is not null)
            yield return new("scale") { Group = "autoscaling", Version = "v1", Kind = "Scale", Verbs = ReadWrite };
    }
}
