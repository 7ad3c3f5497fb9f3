using System.Text.Json;
using Platform.Api.ApiExtensions.V1;
using Platform.Api.Errors;
using Platform.ApiServer.CustomResources.Rules;
using Platform.ApiServer.CustomResources.Schemas;

namespace Platform.ApiServer.CustomResources.Definitions;

/// <summary>What a schema of a definition must be: structural, with defaults that it accepts itself, within what OpenAPI allows here.</summary>
internal static class SchemaDeclarationValidation
{
    /// <summary>Deepest nesting of schemas.</summary>
    private const int MaximumDepth = 100;

    // Upstream names the fields as its Go structure does.
    private const string RootFields = "[Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems "
        + "UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations]";

    public static IReadOnlyList<FieldError> Validate(JSONSchemaProps schema, string path, bool hasStatus)
    {
        List<FieldError> findings = [];
        if (DepthOf(schema, 0) > MaximumDepth)
            return [FieldError.Invalid(path, "", $"must not be nested deeper than {MaximumDepth} levels")];
        if (hasStatus && schema.Type is not (null or "object"))
            findings.Add(FieldError.Invalid($"{path}.type", schema.Type, "only \"object\" is allowed as the type at the root of the schema if the status subresource is enabled"));
        else if (hasStatus && UsesMoreThanRootFields(schema))
            findings.Add(FieldError.Invalid(path, "", $"only {RootFields} fields are allowed at the root of the schema if the status subresource is enabled"));
        if (schema.Nullable == true)
            findings.Add(FieldError.Forbidden($"{path}.nullable", "nullable cannot be true at the root"));
        var structural = StructuralSchemaRules.Validate(schema, path);
        findings.AddRange(structural);
        if (structural.Count == 0)
            findings.AddRange(DefaultValidation.Validate(StructuralSchema.Of(schema), path));
        findings.AddRange(OpenApiSchemaRules.Validate(schema, path));
        if (findings.Count == 0)
            findings.AddRange(RuleCompilation.Validate(schema, path));
        return findings;
    }

    private static bool UsesMoreThanRootFields(JSONSchemaProps s) =>
        s.Default is not null || s.Enum is { Count: > 0 } || s.MaxProperties is not null || s.MinProperties is not null || s.AllOf is { Count: > 0 }
        || s.OneOf is { Count: > 0 } || s.AnyOf is { Count: > 0 } || s.Not is not null || s.AdditionalProperties is not null || s.XKubernetesEmbeddedResource == true
        || s.XKubernetesIntOrString == true || s.XKubernetesListType is not null || s.XKubernetesMapType is not null;

    private static int DepthOf(JSONSchemaProps? schema, int depth)
    {
        if (schema is null || depth > MaximumDepth)
            return depth;
        var deepest = depth;
        foreach (var inner in Children(schema))
            deepest = Math.Max(deepest, DepthOf(inner, depth + 1));
        return deepest;
    }

    private static IEnumerable<JSONSchemaProps?> Children(JSONSchemaProps schema) =>
        (schema.Properties?.Values ?? []).Concat(schema.AllOf ?? []).Concat(schema.AnyOf ?? []).Concat(schema.OneOf ?? []).Append(schema.Not)
            .Append(StructuralSchema.DeclaredIn(schema.Items)).Append(StructuralSchema.DeclaredIn(schema.AdditionalProperties));
}
