using Platform.Api.Core.V1;
using Platform.Api.Schema;

namespace Platform.Api.Protobuf;

/// <summary>
/// Upstream's encoders write every field that has no way to be absent, also when it is zero, and optional ones only where they are set; the wire does not
/// tell the two apart. So zero (or false, or an empty text) counts for required fields and for those that can be absent in upstream's types, where zero
/// has a meaning of its own; for all others it is the same as nothing.
/// </summary>
internal static class ProtobufZero
{
    private static readonly HashSet<string> Optional =
    [
        // Any kind.
        "blockOwnerDeletion", "controller", "deletionGracePeriodSeconds", "gracePeriodSeconds", "orphanDependents", "remainingItemCount", "immutable",
        // Pods and what is in them.
        "activeDeadlineSeconds", "allowPrivilegeEscalation", "automountServiceAccountToken", "defaultMode", "enableServiceLinks", "expirationSeconds",
        "fsGroup", "hostUsers", "lun", "minDomains", "mode", "optional", "priority", "privileged", "readOnlyRootFilesystem", "runAsGroup", "runAsNonRoot",
        "runAsUser", "setHostnameAsFQDN", "shareProcessNamespace", "started", "terminationGracePeriodSeconds", "tolerationSeconds",
        // Workloads.
        "backoffLimit", "backoffLimitPerIndex", "collisionCount", "completions", "failedJobsHistoryLimit", "manualSelector", "maxFailedIndexes",
        "parallelism", "partition", "progressDeadlineSeconds", "replicas", "revisionHistoryLimit", "startingDeadlineSeconds", "successfulJobsHistoryLimit",
        "suspend", "terminating", "ttlSecondsAfterFinished", "ready",
        // Autoscaling.
        "averageUtilization", "currentCPUUtilizationPercentage", "minReplicas", "stabilizationWindowSeconds", "targetCPUUtilizationPercentage",
        // Network.
        "allocateLoadBalancerNodePorts", "endPort", "port", "serving", "timeoutSeconds",
        // Everything else.
        "allowVolumeExpansion", "attachRequired", "borrowingLimitPercent", "count", "leaseDurationSeconds", "leaseTransitions", "lendablePercent",
        "maxItems", "maxLength", "maxProperties", "maximum", "minItems", "minLength", "minProperties", "minimum", "multipleOf",
        "nominalConcurrencyShares", "optionalOldSelf", "podInfoOnMount", "requiresRepublish", "seLinuxMount", "storageCapacity", "value",
        // Texts that may be empty on purpose.
        "apiGroup", "holderIdentity", "ingressClassName", "loadBalancerClass", "storageClassName", "volumeAttributesClassName",
    ];

    // Elsewhere these cannot be absent.
    private static readonly HashSet<(Type, string)> OptionalHere =
    [
        (typeof(CSIVolumeSource), "readOnly"), (typeof(AzureDiskVolumeSource), "readOnly"),
        (typeof(ApiExtensions.V1.JSONSchemaProps), "x-kubernetes-preserve-unknown-fields"),
    ];

    private static readonly HashSet<(Type, string)> NotOptionalHere = [(typeof(PersistentVolumeSpec), "storageClassName"), (typeof(Probe), "timeoutSeconds")];

    /// <summary>Whether a field that is on the wire with nothing in it is as good as absent.</summary>
    public static bool IsAbsent(Type owner, FieldSchema field, ProtobufField value) => field.Type.Shape switch
    {
        SchemaShape.Time or SchemaShape.MicroTime or SchemaShape.Quantity or SchemaShape.Bytes => value.Bytes.IsEmpty,
        // What says nothing of its kind is a message without fields, which is a value.
        SchemaShape.Raw => value.Bytes.IsEmpty && field.PublishedAs != SchemaName.SubresourceStatus && field.PublishedAs != SchemaName.SchemaOrBool,
        SchemaShape.String => value.Bytes.IsEmpty && !Counts(owner, field),
        SchemaShape.Int32 or SchemaShape.Int64 or SchemaShape.Number or SchemaShape.Boolean => value.Value == 0 && !Counts(owner, field),
        _ => false,
    };

    private static bool Counts(Type owner, FieldSchema field) =>
        OptionalHere.Contains((owner, field.Name)) || (Optional.Contains(field.Name) && !NotOptionalHere.Contains((owner, field.Name)))
        || (field.Required && field.Type.Shape != SchemaShape.String);
}
