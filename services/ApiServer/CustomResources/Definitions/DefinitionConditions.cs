using Platform.Api.ApiExtensions.V1;

namespace Platform.ApiServer.CustomResources.Definitions;

/// <summary>The conditions of a definition.</summary>
internal static class DefinitionConditions
{
    public const string NamesAccepted = "NamesAccepted";
    public const string Established = "Established";
    public const string Terminating = "Terminating";
    public const string NonStructuralSchema = "NonStructuralSchema";

    /// <summary>Keeps instances' definition alive until they are gone.</summary>
    public const string CleanupFinalizer = "customresourcecleanup.apiextensions.k8s.io";

    public static bool Is(this CustomResourceDefinition definition, string type) => definition.Condition(type)?.Status == "True";

    public static CustomResourceDefinitionCondition? Condition(this CustomResourceDefinition definition, string type) =>
        definition.Status?.Conditions?.FirstOrDefault(c => c.Type == type);

    /// <summary>The conditions with one set. Its time of transition changes only with its status.</summary>
    public static IReadOnlyList<CustomResourceDefinitionCondition> With(
        this IReadOnlyList<CustomResourceDefinitionCondition>? conditions, string type, bool status, string reason, string message, DateTimeOffset now)
    {
        var text = status ? "True" : "False";
        var list = (conditions ?? []).ToList();
        var at = list.FindIndex(c => c.Type == type);
        if (at >= 0 && list[at].Status == text && list[at].Reason == reason && list[at].Message == message)
            return list;
        var changed = new CustomResourceDefinitionCondition
        {
            Type = type,
            Status = text,
            Reason = reason,
            Message = message,
            LastTransitionTime = at >= 0 && list[at].Status == text ? list[at].LastTransitionTime : now,
        };
        if (at >= 0)
            list[at] = changed;
        else
            list.Add(changed);
        return list;
    }
}
