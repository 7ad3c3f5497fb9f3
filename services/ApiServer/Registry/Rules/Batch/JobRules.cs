using System.Globalization;
using Platform.Api.Batch.V1;
using Platform.Api.Errors;
using Platform.Api.Meta.V1;
using Platform.Api.Validation;
using Platform.ApiServer.Registry.Rules.Core.Pods;

namespace Platform.ApiServer.Registry.Rules.Batch;

/// <summary>
/// Jobs. Unless the client chooses a selector itself, the server makes one from the job's uid, so that two jobs never take each other's pods.
/// </summary>
internal sealed class JobRules : ResourceRules<Job>
{
    public const string ControllerUid = "batch.kubernetes.io/controller-uid";
    public const string JobName = "batch.kubernetes.io/job-name";

    /// <summary>The labels' names before they had a prefix; pods still carry both.</summary>
    public const string OldControllerUid = "controller-uid";
    public const string OldJobName = "job-name";

    private const int BackoffLimit = 6;

    public override DependentsPolicy DependentsPolicy => DependentsPolicy.Orphan;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Status", Description: "State of the job."),
        new("Completions", Description: "Pods that succeeded, out of those wanted."),
        new("Duration", Description: "How long the job took, or has been running."),
        Cells.Age,
        new("Containers", Description: "Names of the template's containers.", Priority: 1),
        new("Images", Description: "Images of the template's containers.", Priority: 1),
        new("Selector", Description: "Labels of the job's pods.", Priority: 1),
    ];

    public override IReadOnlyList<SelectableField> SelectableFields { get; } = [new("status.successful") { Absent = "0", Paths = ["status.succeeded"] }];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    /// <summary>What is filled in, in a job and in a cron job's template alike.</summary>
    public static void FillTemplate(JobSpec spec)
    {
        foreach (var pattern in (spec.PodFailurePolicy?.Rules ?? []).SelectMany(r => r.OnPodConditions ?? []))
            pattern.Status = string.IsNullOrEmpty(pattern.Status) ? "True" : pattern.Status;
        spec.Template = PodSpecDefaults.Of(spec.Template);
    }

    protected override void Default(Job value)
    {
        var spec = value.Spec ??= new();
        // Both absent means one pod; parallelism alone leaves completions open: any success completes the job.
        if (spec.Completions is null && spec.Parallelism is null)
            spec.Completions = 1;
        spec.Parallelism ??= 1;
        spec.BackoffLimit ??= spec.BackoffLimitPerIndex is null ? BackoffLimit : int.MaxValue;
        spec.CompletionMode = string.IsNullOrEmpty(spec.CompletionMode) ? "NonIndexed" : spec.CompletionMode;
        spec.Suspend ??= false;
        spec.ManualSelector ??= false;
        spec.PodReplacementPolicy ??= spec.PodFailurePolicy is null ? "TerminatingOrFailed" : "Failed";
        FillTemplate(spec);
        if (value.Metadata.Labels is not { Count: > 0 } && spec.Template?.Metadata?.Labels is { Count: > 0 } labels)
            value.Metadata.Labels = labels;
    }

    protected override void PrepareForCreate(Job value)
    {
        value.Status = new();
        value.Metadata.Generation = 1;
        GenerateSelector(value);
    }

    protected override bool PrepareForUpdate(Job value, Job old)
    {
        value.Status = old.Status;
        return !SemanticEquality.Same(value.Spec, old.Spec);
    }

    protected override void PrepareForStatusUpdate(Job value, Job old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> Validate(Job value) =>
    [
        .. GeneratedSelector(value),
        .. JobValidation.Spec(value.Spec!, "spec"),
        .. Selector(value.Spec!),
        .. HostName(value),
    ];

    protected override IEnumerable<FieldError> ValidateUpdate(Job value, Job old) => JobValidation.Update(value.Spec!, old.Spec!, old);

    protected override IEnumerable<FieldError> ValidateStatusUpdate(Job value, Job old) => JobStatusValidation.Validate(value, old);

    protected override IEnumerable<string> Warnings(Job value)
    {
        if (value.Metadata.Name is { } name && NameFormats.DnsLabel(name).FirstOrDefault() is { } wrong)
            yield return $"metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [{wrong}]";
        foreach (var warning in SpecWarnings(value.Spec, "spec"))
            yield return warning;
    }

    public override IEnumerable<string> DeletionWarnings(DeleteOptions options)
    {
        if (options is { PropagationPolicy: null, OrphanDependents: null })
            yield return "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set "
                + "propagationPolicy=Orphan to suppress this warning";
    }

    public static IEnumerable<string> SpecWarnings(JobSpec? spec, string path)
    {
        if (spec is { CompletionMode: "Indexed", Completions: > 100_000, Parallelism: > 10_000 })
            yield return "spec.parallelism and spec.completions: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, "
                + "Kubernetes might not be able to track completedIndexes and failedIndexes";
        foreach (var warning in PodWarnings.Of(spec?.Template, $"{path}.template"))
            yield return warning;
    }

    protected override object?[] Row(Job value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        State(value),
        Completions(value),
        value.Status?.StartTime is { } start ? Cells.Duration((value.Status.CompletionTime ?? now) - start) : "",
        Cells.Since(value.Metadata.CreationTimestamp, now),
        Cells.ContainerNames(value.Spec?.Template?.Spec),
        Cells.Images(value.Spec?.Template?.Spec),
        Cells.OptionalSelector(value.Spec?.Selector),
    ];

    private static string State(Job value)
    {
        bool Is(string type) => JobStatusValidation.Holds(value, type);
        return Is("Complete") ? "Complete"
            : Is("Failed") ? "Failed"
            : value.Metadata.DeletionTimestamp is not null ? "Terminating"
            : Is("Suspended") ? "Suspended"
            : Is("FailureTarget") ? "FailureTarget"
            : Is("SuccessCriteriaMet") ? "SuccessCriteriaMet"
            : "Running";
    }

    private static string Completions(Job value)
    {
        var succeeded = value.Status?.Succeeded ?? 0;
        if (value.Spec?.Completions is { } wanted)
            return string.Create(CultureInfo.InvariantCulture, $"{succeeded}/{wanted}");
        var parallel = value.Spec?.Parallelism ?? 0;
        return parallel > 1 ? string.Create(CultureInfo.InvariantCulture, $"{succeeded}/1 of {parallel}") : string.Create(CultureInfo.InvariantCulture, $"{succeeded}/1");
    }

    /// <summary>The selector and the labels that pods need for it; what the client wrote into those labels stays and is refused later.</summary>
    private static void GenerateSelector(Job value)
    {
        if (value.Spec is not { } spec || spec.ManualSelector == true)
            return;
        var template = spec.Template ??= new();
        template.Metadata ??= new();
        var labels = new Dictionary<string, string>(template.Metadata.Labels ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        var uid = value.Metadata.Uid ?? "";
        if (value.Metadata.Name is { } name && name.Length <= NameFormats.LongestLabel)
        {
            labels.TryAdd(OldJobName, name);
            labels.TryAdd(JobName, name);
        }

        labels.TryAdd(OldControllerUid, uid);
        labels.TryAdd(ControllerUid, uid);
        template.Metadata.Labels = labels;
        var selector = spec.Selector ??= new();
        selector.MatchLabels = new Dictionary<string, string>(selector.MatchLabels ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        ((Dictionary<string, string>)selector.MatchLabels).TryAdd(ControllerUid, uid);
    }

    private static IEnumerable<FieldError> GeneratedSelector(Job value)
    {
        if (value.Spec is not { Selector: { } selector } spec || spec.ManualSelector == true)
            yield break;
        var (labels, uid, name) = (TemplateValidation.LabelsOf(spec.Template), value.Metadata.Uid ?? "", value.Metadata.Name ?? "");
        // Jobs from before the prefixed labels have only the old ones, and may stay as they are.
        var prefixed = selector.MatchLabels?.ContainsKey(ControllerUid) == true;
        (string Key, string Value)[] expected = prefixed
            ? [(OldControllerUid, uid), (OldJobName, name), (ControllerUid, uid), (JobName, name)]
            : [(OldControllerUid, uid), (OldJobName, name)];
        foreach (var (key, wanted) in expected)
        {
            if (!labels.TryGetValue(key, out var actual))
                yield return FieldError.Required("spec.template.metadata.labels", $"must be '{wanted}'");
            else if (actual != wanted)
                yield return FieldError.Invalid("spec.template.metadata.labels", labels, $"must be '{wanted}'");
        }

        var generated = expected.ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
        if (!LabelSelectorValidation.Validate(selector, "").Any() && !Platform.Api.Selectors.Selector.From(selector).Matches(generated))
            yield return FieldError.Invalid("spec.selector", selector, "`selector` not auto-generated");
    }

    private static IEnumerable<FieldError> Selector(JobSpec spec)
    {
        if (spec.Selector is not { } selector)
        {
            yield return FieldError.Required("spec.selector");
            yield return TemplateValidation.NotSelected(spec.Template, "spec");
            yield break;
        }

        var wrong = LabelSelectorValidation.Validate(selector, "spec.selector").ToList();
        foreach (var error in wrong)
            yield return error;
        if (wrong.Count == 0 && !TemplateValidation.Matches(selector, spec.Template))
            yield return TemplateValidation.NotSelected(spec.Template, "spec");
    }

    private static IEnumerable<FieldError> HostName(Job value)
    {
        if (value.Spec is not { CompletionMode: "Indexed", Completions: > 0 and var completions })
            yield break;
        // Pods of an indexed job are named after their index, which has to fit too.
        var host = string.Create(CultureInfo.InvariantCulture, $"{value.Metadata.Name}-{completions - 1}");
        if (NameFormats.DnsLabel(host).Any())
            yield return FieldError.Invalid("metadata.name", value.Metadata.Name, $"will not able to create pod with invalid DNS label: {host}");
    }
}
