using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.Errors;
using Platform.Api.Meta.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.AdmissionRegistration;

/// <summary>What both kinds of admission webhook have, as one type, with its defaults and its rules.</summary>
internal sealed record WebhookView(string? Name, WebhookClientConfig? ClientConfig, IReadOnlyList<RuleWithOperations>? Rules, string? FailurePolicy,
    string? MatchPolicy, LabelSelector? NamespaceSelector, LabelSelector? ObjectSelector, string? SideEffects, int? TimeoutSeconds,
    IReadOnlyList<string>? Versions, IReadOnlyList<MatchCondition>? Conditions);

/// <summary>Rules of admission webhooks.</summary>
internal static class WebhookValidation
{
    /// <summary>Most match conditions of a webhook.</summary>
    private const int MostConditions = 64;

    /// <summary>Longest wait for a webhook, in seconds.</summary>
    private const int LongestTimeout = 30;

    private const int LeastNameParts = 3;

    private static readonly string[] Versions = ["v1", "v1beta1"];
    private static readonly string[] FailurePolicies = ["Fail", "Ignore"];
    private static readonly string[] MatchPolicies = ["Equivalent", "Exact"];
    private static readonly string[] SideEffects = ["None", "NoneOnDryRun"];

    public static void Default(IReadOnlyList<RuleWithOperations>? rules, WebhookClientConfig? config)
    {
        foreach (var rule in rules ?? [])
            rule.Scope ??= "*";
        if (config?.Service is { } service)
            service.Port ??= 443;
    }

    public static IEnumerable<FieldError> Validate(IReadOnlyList<WebhookView> hooks, bool acceptsUnknownVersions)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (hook, at) in hooks.At("webhooks"))
        {
            foreach (var error in Validate(hook, at))
                yield return error;
            foreach (var error in ReviewVersions(hook.Versions, $"{at}.admissionReviewVersions", acceptsUnknownVersions))
                yield return error;
            if (!string.IsNullOrEmpty(hook.Name) && !names.Add(hook.Name))
                yield return FieldError.Duplicate($"{at}.name", hook.Name);
        }
    }

    /// <summary>Whether a stored configuration knows no version of reviews that the server speaks, which an update then may leave so.</summary>
    public static bool HasUnknownVersions(IEnumerable<IReadOnlyList<string>?> versions) => versions.Any(v => v?.Any(Versions.Contains) != true);

    /// <summary>The rules of a domain name with at least three parts.</summary>
    public static IEnumerable<FieldError> QualifiedName(string? name, string path)
    {
        if (string.IsNullOrEmpty(name))
        {
            yield return FieldError.Required(path);
            yield break;
        }
        if (NameFormats.DnsSubdomain(name).ToList() is { Count: > 0 } wrong)
            yield return FieldError.Invalid(path, name, string.Join(",", wrong));
        else if (name.Split('.').Length < LeastNameParts)
            yield return FieldError.Invalid(path, name, "should be a domain with at least three segments separated by dots");
    }

    /// <summary>The rules of match conditions, but for their expressions.</summary>
    public static IEnumerable<FieldError> Conditions(IReadOnlyList<MatchCondition>? conditions, string path)
    {
        if (conditions?.Count > MostConditions)
            yield return new FieldError(FieldErrorType.FieldValueTooMany, path, conditions.Count, $"must have at most {MostConditions} items");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (condition, at) in conditions.At(path))
        {
            if (string.IsNullOrWhiteSpace(condition.Expression))
                yield return FieldError.Required($"{at}.expression");
            if (string.IsNullOrEmpty(condition.Name))
                yield return FieldError.Required($"{at}.name");
            else
            {
                foreach (var error in Findings.Of(NameFormats.QualifiedName(condition.Name), $"{at}.name", condition.Name))
                    yield return error;
                if (!names.Add(condition.Name))
                    yield return FieldError.Duplicate($"{at}.name", condition.Name);
            }
        }
    }

    private static IEnumerable<FieldError> Validate(WebhookView hook, string path) =>
    [
        .. QualifiedName(hook.Name, $"{path}.name"),
        .. hook.Rules.At($"{path}.rules").SelectMany(r => RuleValidation.Validate(r.Item, r.Path)),
        .. Findings.OneOf(hook.FailurePolicy, $"{path}.failurePolicy", FailurePolicies),
        .. Findings.OneOf(hook.MatchPolicy, $"{path}.matchPolicy", MatchPolicies),
        .. Effects(hook.SideEffects, $"{path}.sideEffects"),
        .. Timeout(hook.TimeoutSeconds, $"{path}.timeoutSeconds"),
        .. LabelSelectorValidation.Validate(hook.NamespaceSelector, $"{path}.namespaceSelector"),
        .. LabelSelectorValidation.Validate(hook.ObjectSelector, $"{path}.objectSelector"),
        .. ClientConfigValidation.Validate(hook.ClientConfig?.Url,
            hook.ClientConfig?.Service is { } s ? (s.Namespace, s.Name, s.Path, s.Port) : null, $"{path}.clientConfig"),
        .. Conditions(hook.Conditions, $"{path}.matchConditions"),
    ];

    private static IEnumerable<FieldError> Effects(string? effects, string path)
    {
        if (effects is null)
            yield return FieldError.Required(path, "must specify one of None, NoneOnDryRun");
        else if (!SideEffects.Contains(effects))
            yield return FieldError.NotSupported(path, effects, SideEffects);
    }

    private static IEnumerable<FieldError> Timeout(int? seconds, string path)
    {
        if (seconds is < 1 or > LongestTimeout)
            yield return FieldError.Invalid(path, seconds, "the timeout value must be between 1 and 30 seconds");
    }

    private static IEnumerable<FieldError> ReviewVersions(IReadOnlyList<string>? versions, string path, bool acceptsUnknown)
    {
        var all = string.Join(", ", Versions);
        if (versions is not { Count: > 0 })
        {
            yield return FieldError.Required(path, $"must specify one of {all}");
            yield break;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (version, at) in versions.At(path))
        {
            if (!seen.Add(version))
                yield return FieldError.Invalid(at, version, "duplicate version");
            else
            {
                foreach (var error in Findings.Of(NameFormats.Dns1035Label(version), at, version))
                    yield return error;
            }
        }
        if (!acceptsUnknown && !versions.Any(Versions.Contains))
            yield return FieldError.Invalid(path, versions, $"must include at least one of {all}");
    }
}
