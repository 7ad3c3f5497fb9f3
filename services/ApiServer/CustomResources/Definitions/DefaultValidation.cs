using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.CustomResources.Schemas;

namespace Platform.ApiServer.CustomResources.Definitions;

/// <summary>Defaults must be values that the schema itself accepts, without anything that pruning would remove.</summary>
internal static class DefaultValidation
{
    public static IEnumerable<FieldError> Validate(StructuralSchema schema, string path)
    {
        if (schema.NewDefault() is { } value)
        {
            if (SchemaPruning.Prune(value, schema, isResource: false, DocumentPath.Root, null))
            {
                yield return FieldError.Invalid($"{path}.default", ShownValue.Of(schema.NewDefault()), "must not have unspecified fields");
            }
            SchemaDefaulting.Default(value, schema);
            foreach (var finding in SchemaValidation.Validate(value, schema))
            {
                var place = finding.Field is "<nil>" ? $"{path}.default" : $"{path}.default.{finding.Field}";
                yield return finding with { Field = place, Detail = finding.Detail.StartsWith(" in body", StringComparison.Ordinal) ? place + finding.Detail : finding.Detail };
            }
        }
        foreach (var (name, property) in schema.Properties.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            foreach (var finding in Validate(property, $"{path}.properties[{name}]"))
                yield return finding;
        }
        foreach (var (inner, name) in new[] { (schema.Items, "items"), (schema.AdditionalProperties, "additionalProperties") })
        {
            foreach (var finding in inner is null ? [] : Validate(inner, $"{path}.{name}"))
                yield return finding;
        }
    }
}
