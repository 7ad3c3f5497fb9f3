using System.Globalization;
using Platform.Api;
using Platform.Api.Apps.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;
using Platform.ApiServer.Registry.Rules.Core;
using Platform.ApiServer.Registry.Rules.Core.Pods;

namespace Platform.ApiServer.Registry.Rules.Apps;

/// <summary>Stateful sets. Most of the spec is fixed at creation, since pods and claims that exist already were made from it.</summary>
internal sealed class StatefulSetRules : ResourceRules<StatefulSet>
{
    private const string Fixed = "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
        + "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Ready", Description: "Ready pods, out of those wanted."),
        Cells.Age,
        new("Containers", Description: "Names of the template's containers.", Priority: 1),
        new("Images", Description: "Images of the template's containers.", Priority: 1),
    ];

    // Its pods are named after it, and a pod's name is also its host name.
    public override string? ValidateName(string name) => NameFormats.DnsLabel(name).FirstOrDefault();

    protected override void Default(StatefulSet value)
    {
        var spec = value.Spec ??= new();
        spec.Replicas ??= 1;
        spec.RevisionHistoryLimit ??= 10;
        if (string.IsNullOrEmpty(spec.PodManagementPolicy))
            spec.PodManagementPolicy = "OrderedReady";
        spec.UpdateStrategy ??= new();
        if (string.IsNullOrEmpty(spec.UpdateStrategy.Type))
        {
            spec.UpdateStrategy.Type = "RollingUpdate";
            spec.UpdateStrategy.RollingUpdate ??= new();
        }

        if (spec.UpdateStrategy is { Type: "RollingUpdate", RollingUpdate: { } rolling })
            rolling.Partition ??= 0;
        spec.PersistentVolumeClaimRetentionPolicy ??= new();
        if (string.IsNullOrEmpty(spec.PersistentVolumeClaimRetentionPolicy.WhenDeleted))
            spec.PersistentVolumeClaimRetentionPolicy.WhenDeleted = "Retain";
        if (string.IsNullOrEmpty(spec.PersistentVolumeClaimRetentionPolicy.WhenScaled))
            spec.PersistentVolumeClaimRetentionPolicy.WhenScaled = "Retain";
        spec.Template = PodSpecDefaults.Of(spec.Template);
        foreach (var claim in spec.VolumeClaimTemplates ?? [])
        {
            claim.ApiVersion = "v1";
            claim.Kind = "PersistentVolumeClaim";
            PersistentVolumeClaimRules.Fill(claim);
        }
    }

    protected override void PrepareForCreate(StatefulSet value)
    {
        value.Status = new() { Replicas = 0, AvailableReplicas = 0 };
        value.Metadata.Generation = 1;
        Drop(value);
    }

    protected override bool PrepareForUpdate(StatefulSet value, StatefulSet old)
    {
        value.Status = old.Status;
        if (old.Spec?.UpdateStrategy?.RollingUpdate?.MaxUnavailable is null)
            Drop(value);
        return !SemanticEquality.Same(value.Spec, old.Spec);
    }

    protected override void PrepareForStatusUpdate(StatefulSet value, StatefulSet old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> Validate(StatefulSet value)
    {
        var spec = value.Spec!;
        return
        [
            .. Policies(spec),
            .. TemplateValidation.Count(spec.Replicas, "spec.replicas"),
            .. TemplateValidation.Count(spec.MinReadySeconds, "spec.minReadySeconds"),
            .. TemplateValidation.Count(spec.Ordinals?.Start, "spec.ordinals.start"),
            .. TemplateValidation.Selects(spec.Selector, spec.Template, "spec", "statefulset"),
            .. Template(spec.Template),
        ];
    }

    protected override IEnumerable<FieldError> ValidateUpdate(StatefulSet value, StatefulSet old)
    {
        var settled = value.Spec! with
        {
            Replicas = old.Spec!.Replicas,
            Template = old.Spec.Template,
            UpdateStrategy = old.Spec.UpdateStrategy,
            MinReadySeconds = old.Spec.MinReadySeconds,
            Ordinals = old.Spec.Ordinals,
            PersistentVolumeClaimRetentionPolicy = old.Spec.PersistentVolumeClaimRetentionPolicy,
        };
        if (!SemanticEquality.Same(settled, old.Spec))
            yield return FieldError.Forbidden("spec", Fixed);
    }

    protected override IEnumerable<FieldError> ValidateStatusUpdate(StatefulSet value, StatefulSet old)
    {
        var status = value.Status ?? new();
        var all = status.Replicas ?? 0;
        (long? Count, string Field)[] counts =
        [
            (status.Replicas, "replicas"), (status.ReadyReplicas, "readyReplicas"), (status.CurrentReplicas, "currentReplicas"),
            (status.UpdatedReplicas, "updatedReplicas"), (status.AvailableReplicas, "availableReplicas"),
            (status.ObservedGeneration, "observedGeneration"), (status.CollisionCount, "collisionCount"),
        ];
        foreach (var error in counts.SelectMany(c => TemplateValidation.Count(c.Count, $"status.{c.Field}")))
            yield return error;
        foreach (var (count, field) in counts[1..5].Where(c => c.Count > all))
            yield return FieldError.Invalid($"status.{field}", count, "cannot be greater than status.replicas");
        if (status.AvailableReplicas > (status.ReadyReplicas ?? 0))
            yield return FieldError.Invalid("status.availableReplicas", status.AvailableReplicas, "cannot be greater than status.readyReplicas");
        if ((status.CollisionCount ?? 0) < (old.Status?.CollisionCount ?? 0))
            yield return FieldError.Invalid("status.collisionCount", status.CollisionCount ?? 0, "cannot be decremented");
    }

    protected override IEnumerable<string> Warnings(StatefulSet value)
    {
        foreach (var warning in PodWarnings.Of(value.Spec?.Template, "spec.template"))
            yield return warning;
        foreach (var (claim, i) in (value.Spec?.VolumeClaimTemplates ?? []).Select((c, i) => (c, i)))
        {
            foreach (var warning in PersistentVolumeClaimRules.WarningsOf(claim, $"spec.volumeClaimTemplates[{i}].spec"))
                yield return warning;
        }

        if (value.Spec?.RevisionHistoryLimit < 0)
            yield return "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended";
    }

    protected override object?[] Row(StatefulSet value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        string.Create(CultureInfo.InvariantCulture, $"{value.Status?.ReadyReplicas ?? 0}/{value.Spec?.Replicas ?? 0}"),
        Cells.Since(value.Metadata.CreationTimestamp, now),
        Cells.ContainerNames(value.Spec?.Template?.Spec),
        Cells.Images(value.Spec?.Template?.Spec),
    ];

    // maxUnavailable belongs to a feature that is off by default in 1.32; upstream forgets such fields unless the object had them.
    private static void Drop(StatefulSet value)
    {
        if (value.Spec?.UpdateStrategy?.RollingUpdate is { } rolling)
            rolling.MaxUnavailable = null;
    }

    // Upstream leaves the pods' spec to the pods themselves, since volumes come from the claim templates.
    private static IEnumerable<FieldError> Template(Platform.Api.Core.V1.PodTemplateSpec? template)
    {
        foreach (var error in ObjectMetaValidation.Labels(template?.Metadata?.Labels, "spec.template.labels"))
            yield return error;
        foreach (var error in ObjectMetaValidation.Annotations(template?.Metadata?.Annotations, "spec.template.annotations"))
            yield return error;
        if (template?.Spec?.RestartPolicy is not "Always")
            yield return FieldError.NotSupported("spec.template.spec.restartPolicy", template?.Spec?.RestartPolicy ?? "", ["Always"]);
        if (template?.Spec?.ActiveDeadlineSeconds is not null)
            yield return FieldError.Forbidden("spec.template.spec.activeDeadlineSeconds", "activeDeadlineSeconds in StatefulSet is not Supported");
    }

    private static IEnumerable<FieldError> Policies(StatefulSetSpec spec)
    {
        if (spec.PodManagementPolicy is not ("OrderedReady" or "Parallel"))
            yield return FieldError.Invalid("spec.podManagementPolicy", spec.PodManagementPolicy, "must be 'OrderedReady' or 'Parallel'");
        var strategy = spec.UpdateStrategy!;
        switch (strategy.Type)
        {
            case "OnDelete":
                if (strategy.RollingUpdate is not null)
                    yield return FieldError.Invalid("spec.updateStrategy.rollingUpdate", strategy.RollingUpdate, "only allowed for updateStrategy 'RollingUpdate'");
                break;
            case "RollingUpdate":
                foreach (var error in Rolling(strategy.RollingUpdate))
                    yield return error;
                break;
            default:
                yield return FieldError.Invalid("spec.updateStrategy", strategy, "must be 'RollingUpdate' or 'OnDelete'");
                break;
        }

        var retention = spec.PersistentVolumeClaimRetentionPolicy!;
        foreach (var (policy, field) in new[] { (retention.WhenDeleted, "whenDeleted"), (retention.WhenScaled, "whenScaled") })
        {
            if (policy is not ("Retain" or "Delete"))
                yield return FieldError.NotSupported($"spec.persistentVolumeClaimRetentionPolicy.{field}", policy, ["Delete", "Retain"]);
        }
    }

    private static IEnumerable<FieldError> Rolling(RollingUpdateStatefulSetStrategy? rolling)
    {
        const string path = "spec.updateStrategy.rollingUpdate";
        foreach (var error in TemplateValidation.Count(rolling?.Partition, $"{path}.partition"))
            yield return error;
        if (rolling?.MaxUnavailable is not { } most)
            yield break;
        foreach (var error in TemplateValidation.IntOrPercent(most, $"{path}.maxUnavailable").Concat(TemplateValidation.AtMostAll(most, $"{path}.maxUnavailable")))
            yield return error;
        if (most.Scale(100, roundUp: true) is 0)
            yield return FieldError.Invalid($"{path}.maxUnavailable", most, "cannot be 0");
    }
}
