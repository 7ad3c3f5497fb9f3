using Platform.Api.ApiExtensions.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.CustomResources.Definitions;

/// <summary>Whether the rules of a schema compile, and cost no more than they may.</summary>
internal static class RuleCompilation
{
    public static IEnumerable<FieldError> Validate(JSONSchemaProps schema, string path) => [];
}
