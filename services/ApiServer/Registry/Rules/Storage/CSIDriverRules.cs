using Platform.Api.Errors;
using Platform.Api.Storage.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Storage;

/// <summary>CSI drivers.</summary>
internal sealed class CSIDriverRules : ResourceRules<CSIDriver>
{
    /// <summary>Shortest life of a token, in seconds.</summary>
    private const long ShortestToken = 600;

    private static readonly string[] GroupPolicies = ["File", "None", "ReadWriteOnceWithFSType"];
    private static readonly string[] Modes = ["Ephemeral", "Persistent"];

    public override bool AllowsUnconditionalUpdate => false;

    public override bool ReturnsDeletedObject => true;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("AttachRequired", "boolean", Description: "Whether volumes are attached before they are mounted."),
        new("PodInfoOnMount", "boolean", Description: "Whether the driver is told about the pod."),
        new("StorageCapacity", "boolean", Description: "Whether the scheduler asks for the driver's capacity."),
        new("TokenRequests", Description: "Audiences of the tokens that the driver gets."),
        new("RequiresRepublish", "boolean", Description: "Whether volumes are mounted again from time to time."),
        new("Modes", Description: "Lifecycles of volumes that the driver supports."),
        Cells.Age,
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(CSIDriver value)
    {
        var spec = value.Spec ??= new();
        spec.AttachRequired ??= true;
        spec.PodInfoOnMount ??= false;
        spec.StorageCapacity ??= false;
        spec.FsGroupPolicy ??= "ReadWriteOnceWithFSType";
        if (spec.VolumeLifecycleModes is not { Count: > 0 })
            spec.VolumeLifecycleModes = ["Persistent"];
        spec.RequiresRepublish ??= false;
        spec.SeLinuxMount ??= false;
    }

    protected override bool PrepareForUpdate(CSIDriver value, CSIDriver old) =>
        !SemanticEquality.Same(value.Spec?.TokenRequests, old.Spec?.TokenRequests)
        || value.Spec?.RequiresRepublish != old.Spec?.RequiresRepublish || value.Spec?.SeLinuxMount != old.Spec?.SeLinuxMount;

    protected override IEnumerable<FieldError> Validate(CSIDriver value)
    {
        var spec = value.Spec ?? new();
        foreach (var error in Findings.DriverName(value.Metadata.Name, "metadata.name").Where(e => e.Type == FieldErrorType.FieldValueTooLong))
            yield return error;
        foreach (var error in Findings.OneOf(spec.FsGroupPolicy, "spec.fsGroupPolicy", GroupPolicies, required: true))
            yield return error;
        var audiences = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (request, at) in spec.TokenRequests.At("spec.tokenRequests"))
        {
            if (!audiences.Add(request.Audience ?? ""))
                yield return FieldError.Duplicate($"{at}.audience", request.Audience ?? "");
            else if (request.ExpirationSeconds < ShortestToken)
                yield return FieldError.Invalid($"{at}.expirationSeconds", request.ExpirationSeconds, "may not specify a duration less than 10 minutes");
            else if (request.ExpirationSeconds > 1L << 32)
                yield return FieldError.Invalid($"{at}.expirationSeconds", request.ExpirationSeconds, "may not specify a duration larger than 2^32 seconds");
        }
        foreach (var mode in (spec.VolumeLifecycleModes ?? []).Where(m => !Modes.Contains(m)))
            yield return FieldError.NotSupported("spec.volumeLifecycleModes", mode, Modes);
    }

    protected override IEnumerable<FieldError> ValidateUpdate(CSIDriver value, CSIDriver old) =>
    [
        .. Immutable.Check(value.Spec?.AttachRequired, old.Spec?.AttachRequired, "spec.attachedRequired"),
        .. Immutable.Check(value.Spec?.VolumeLifecycleModes, old.Spec?.VolumeLifecycleModes, "spec.volumeLifecycleModes"),
    ];

    protected override object?[] Row(CSIDriver value, DateTimeOffset now)
    {
        var spec = value.Spec ?? new();
        return
        [
            value.Metadata.Name,
            spec.AttachRequired ?? true,
            spec.PodInfoOnMount ?? false,
            spec.StorageCapacity ?? false,
            spec.TokenRequests is null ? "<unset>" : string.Join(",", spec.TokenRequests.Select(t => t.Audience)),
            spec.RequiresRepublish ?? false,
            spec.VolumeLifecycleModes is { Count: > 0 } modes ? string.Join(",", modes) : Cells.None,
            Cells.Since(value.Metadata.CreationTimestamp, now),
        ];
    }
}
