using Platform.Api.ApiRegistration.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.ApiRegistration;

/// <summary>API services: which server answers for a group and version.</summary>
internal sealed class APIServiceRules : ResourceRules<APIService>
{
    public override bool WantsQualifiedFinalizers => false;

    private const int DefaultPort = 443;
    private const int MostGroupPriority = 20_000;
    private const int MostVersionPriority = 1_000;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Service", Description: "Service of the server; Local for this one."),
        new("Available", Description: "Whether the server answers."),
        Cells.Age,
    ];

    public override string? ValidateName(string name) => Findings.PathSegment(name).FirstOrDefault();

    protected override void Default(APIService value)
    {
        if (value.Spec?.Service is { } service)
            service.Port ??= DefaultPort;
    }

    protected override void PrepareForCreate(APIService value) => value.Status = new();

    protected override bool PrepareForUpdate(APIService value, APIService old)
    {
        value.Status = old.Status;
        return false;
    }

    protected override void PrepareForStatusUpdate(APIService value, APIService old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> Validate(APIService value)
    {
        var spec = value.Spec ?? new();
        var (group, version) = (spec.Group ?? "", spec.Version ?? "");
        if (value.Metadata.Name != $"{version}.{group}")
            yield return FieldError.Invalid("metadata.name", value.Metadata.Name, $"must be `spec.version+\".\"+spec.group`: \"{version}.{group}\"");
        if (group.Length == 0 && version != "v1")
            yield return FieldError.Required("spec.group", "only v1 may have an empty group and it better be legacy kube");
        if (group.Length > 0)
        {
            foreach (var error in Findings.Of(NameFormats.DnsSubdomain(group), "spec.group", group))
                yield return error;
        }
        foreach (var error in Findings.Of(NameFormats.Dns1035Label(version), "spec.version", version))
            yield return error;
        if (spec.GroupPriorityMinimum is not (> 0 and <= MostGroupPriority))
            yield return FieldError.Invalid("spec.groupPriorityMinimum", spec.GroupPriorityMinimum ?? 0, "must be positive and less than 20000");
        if (spec.VersionPriority is not (> 0 and <= MostVersionPriority))
            yield return FieldError.Invalid("spec.versionPriority", spec.VersionPriority ?? 0, "must be positive and less than 1000");
        foreach (var error in spec.Service is null ? Local(spec) : Remote(spec, spec.Service))
            yield return error;
    }

    protected override object?[] Row(APIService value, DateTimeOffset now)
    {
        var available = value.Status?.Conditions?.FirstOrDefault(c => c.Type == "Available");
        return
        [
            value.Metadata.Name,
            value.Spec?.Service is { } service ? $"{service.Namespace}/{service.Name}" : "Local",
            available is null ? "Unknown" : available.Status == "True" ? "True" : $"{available.Status} ({available.Reason})",
            Cells.Since(value.Metadata.CreationTimestamp, now),
        ];
    }

    private static IEnumerable<FieldError> Local(APIServiceSpec spec)
    {
        if (spec.CaBundle is { Length: > 0 } bundle)
            yield return FieldError.Invalid("spec.caBundle", $"{bundle.Length} bytes", "local APIServices may not have a caBundle");
        if (spec.InsecureSkipTLSVerify == true)
            yield return FieldError.Invalid("spec.insecureSkipTLSVerify", true, "local APIServices may not have insecureSkipTLSVerify");
    }

    private static IEnumerable<FieldError> Remote(APIServiceSpec spec, ServiceReference service)
    {
        if (string.IsNullOrEmpty(service.Namespace))
            yield return FieldError.Required("spec.service.namespace");
        if (string.IsNullOrEmpty(service.Name))
            yield return FieldError.Required("spec.service.name");
        if (service.Port is { } port && NameFormats.PortNumber(port).ToList() is { Count: > 0 } wrong)
            yield return FieldError.Invalid("spec.service.port", port, "port is not valid: " + string.Join(", ", wrong));
        if (spec.InsecureSkipTLSVerify == true && spec.CaBundle is { Length: > 0 })
            yield return FieldError.Invalid("spec.insecureSkipTLSVerify", true, "may not be true if caBundle is present");
    }
}
