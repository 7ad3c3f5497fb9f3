using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Meta.V1;
using Platform.Api.Selectors;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>What deployments and replica sets share: a selector, a template that it selects, and counts.</summary>
internal static class TemplateValidation
{
    /// <summary>A number that may not be negative.</summary>
    public static IEnumerable<FieldError> Count(long? value, string path) =>
        value < 0 ? [FieldError.Invalid(path, value, "must be greater than or equal to 0")] : [];

    /// <summary>The template's pods must be selected, and must run for ever.</summary>
    public static IEnumerable<FieldError> Validate(LabelSelector? selector, PodTemplateSpec? template, string path)
    {
        var wrong = LabelSelectorValidation.Validate(selector, $"{path}.selector").ToList();
        foreach (var error in wrong)
            yield return error;
        if (selector is null)
            yield return FieldError.Required($"{path}.selector");
        else if (selector.MatchLabels is not { Count: > 0 } && selector.MatchExpressions is not { Count: > 0 })
            yield return FieldError.Invalid($"{path}.selector", selector, "empty selector is invalid for deployment");
        var labels = template?.Metadata?.Labels ?? new Dictionary<string, string>();
        if (selector is not null && wrong.Count == 0 && Selector.From(selector) is { IsEmpty: false } matcher && !matcher.Matches(labels))
            yield return FieldError.Invalid($"{path}.template.metadata.labels", labels, "`selector` does not match template `labels`");
        foreach (var error in Template(template, $"{path}.template"))
            yield return error;
    }

    /// <summary>A template by itself.</summary>
    public static IEnumerable<FieldError> Template(PodTemplateSpec? template, string path)
    {
        if (template is null)
        {
            yield return FieldError.Required(path);
            yield break;
        }

        foreach (var error in ObjectMetaValidation.Labels(template.Metadata?.Labels, $"{path}.labels"))
            yield return error;
        foreach (var error in ObjectMetaValidation.Annotations(template.Metadata?.Annotations, $"{path}.annotations"))
            yield return error;
        foreach (var error in PodSpecValidation.Validate(template.Spec, $"{path}.spec"))
            yield return error;
        if (template.Spec is not { } spec)
            yield break;
        if (spec.RestartPolicy is "Never" or "OnFailure")
            yield return FieldError.NotSupported($"{path}.spec.restartPolicy", spec.RestartPolicy, ["Always"]);
        if (spec.ActiveDeadlineSeconds is not null)
            yield return FieldError.Forbidden($"{path}.spec.activeDeadlineSeconds", "activeDeadlineSeconds in ReplicaSet is not Supported");
        if (spec.EphemeralContainers is { Count: > 0 })
            yield return FieldError.Forbidden($"{path}.spec.ephemeralContainers", "ephemeral containers not allowed in pod template");
    }
}
