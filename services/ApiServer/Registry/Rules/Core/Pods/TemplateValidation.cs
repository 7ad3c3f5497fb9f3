using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Meta.V1;
using Platform.Api.Selectors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>What the controllers of pods share: a selector, a template that it selects, and counts.</summary>
internal static class TemplateValidation
{
    /// <summary>A number that may not be negative.</summary>
    public static IEnumerable<FieldError> Count(long? value, string path) =>
        value < 0 ? [FieldError.Invalid(path, value, "must be greater than or equal to 0")] : [];

    /// <summary>A whole number that is not negative, or a percentage.</summary>
    public static IEnumerable<FieldError> IntOrPercent(IntOrString? value, string path)
    {
        if (value is not { } given)
            return [];
        return given.Text is { } text ? NameFormats.Percent(text).Select(e => FieldError.Invalid(path, given, e)) : Count(given.Number, path);
    }

    /// <summary>A percentage may not exceed the whole.</summary>
    public static IEnumerable<FieldError> AtMostAll(IntOrString? value, string path) =>
        value is { Text: not null } given && given.Scale(100, roundUp: true) > 100 ? [FieldError.Invalid(path, given, "must not be greater than 100%")] : [];

    /// <summary>The template's pods must be selected, and must run for ever.</summary>
    /// <param name="selector">What the controller takes for its own.</param>
    /// <param name="template">What it makes.</param>
    /// <param name="path">Path of the controller's spec.</param>
    /// <param name="kind">The kind's name in messages.</param>
    public static IEnumerable<FieldError> Validate(LabelSelector? selector, PodTemplateSpec? template, string path, string kind = "ReplicaSet")
    {
        foreach (var error in Selects(selector, template, path, kind == "ReplicaSet" ? "deployment" : kind.ToLowerInvariant()))
            yield return error;
        foreach (var error in Template(template, $"{path}.template", kind))
            yield return error;
    }

    /// <summary>A selector that is well-formed, not empty, and matches the template's labels.</summary>
    public static IEnumerable<FieldError> Selects(LabelSelector? selector, PodTemplateSpec? template, string path, string kind)
    {
        var wrong = LabelSelectorValidation.Validate(selector, $"{path}.selector").ToList();
        foreach (var error in wrong)
            yield return error;
        if (selector is null)
            yield return FieldError.Required($"{path}.selector");
        else if (selector.MatchLabels is not { Count: > 0 } && selector.MatchExpressions is not { Count: > 0 })
            yield return FieldError.Invalid($"{path}.selector", selector, $"empty selector is invalid for {kind}");
        if (wrong.Count == 0 && !Matches(selector, template))
            yield return NotSelected(template, path);
    }

    /// <summary>The labels of a template that is not selected.</summary>
    public static FieldError NotSelected(PodTemplateSpec? template, string path) =>
        FieldError.Invalid($"{path}.template.metadata.labels", new GoLiteral(GoSyntax.Map(template?.Metadata?.Labels)), "`selector` does not match template `labels`");

    /// <summary>Whether a selector matches the template's labels. None selects nothing, an empty one everything.</summary>
    public static bool Matches(LabelSelector? selector, PodTemplateSpec? template) =>
        selector is not null && Selector.From(selector) is var matcher && (matcher.IsEmpty || matcher.Matches(LabelsOf(template)));

    public static IReadOnlyDictionary<string, string> LabelsOf(PodTemplateSpec? template) => template?.Metadata?.Labels ?? NoLabels;

    /// <summary>A template of pods that run for ever.</summary>
    public static IEnumerable<FieldError> Template(PodTemplateSpec? template, string path, string kind = "ReplicaSet")
    {
        foreach (var error in Pods(template, path))
            yield return error;
        if (template?.Spec is not { } spec)
            yield break;
        if (spec.RestartPolicy is "Never" or "OnFailure")
            yield return FieldError.NotSupported($"{path}.spec.restartPolicy", spec.RestartPolicy, ["Always"]);
        if (spec.ActiveDeadlineSeconds is not null)
            yield return FieldError.Forbidden($"{path}.spec.activeDeadlineSeconds", $"activeDeadlineSeconds in {kind} is not Supported");
    }

    /// <summary>A template by itself.</summary>
    public static IEnumerable<FieldError> Pods(PodTemplateSpec? template, string path)
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
        if (template.Spec?.EphemeralContainers is { Count: > 0 })
            yield return FieldError.Forbidden($"{path}.spec.ephemeralContainers", "ephemeral containers not allowed in pod template");
    }

    private static readonly Dictionary<string, string> NoLabels = [];
}
