using System.Text.Json.Nodes;
using Platform.Api.Errors;
using Platform.ApiServer.CustomResources.Schemas;

namespace Platform.ApiServer.CustomResources;

/// <summary>Evaluates the rules of a schema.</summary>
internal static class RuleEvaluation
{
    /// <summary>The evaluation of a schema's rules: a function of the document and the one before; null where there are no rules.</summary>
    public static Func<JsonObject, JsonObject?, IEnumerable<FieldError>>? Of(StructuralSchema schema) => null;
}
