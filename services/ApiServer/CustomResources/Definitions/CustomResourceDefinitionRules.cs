using System.Globalization;
using Platform.Api.ApiExtensions.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Rules;

namespace Platform.ApiServer.CustomResources.Definitions;

/// <summary>The rules of CustomResourceDefinition.</summary>
internal sealed class CustomResourceDefinitionRules : ResourceRules<CustomResourceDefinition>
{
    public override bool WantsQualifiedFinalizers => false;

    private const int HttpsPort = 443;

    public override bool AllowsUnconditionalUpdate => false;

    public override IReadOnlyList<TableColumn> Columns { get; } = [Cells.Name, new("Created At", "date", Description: Cells.Age.Description)];

    public override string? ValidateName(string name) => Platform.Api.Validation.NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(CustomResourceDefinition value)
    {
        var spec = value.Spec ??= new();
        var names = spec.Names ??= new();
        if (string.IsNullOrEmpty(names.Singular))
            names.Singular = names.Kind?.ToLowerInvariant();
        if (string.IsNullOrEmpty(names.ListKind) && !string.IsNullOrEmpty(names.Kind))
            names.ListKind = names.Kind + "List";
        spec.Conversion ??= new() { Strategy = "None" };
        if (spec.PreserveUnknownFields == false)
            spec.PreserveUnknownFields = null;
        if (spec.Conversion.Webhook?.ClientConfig?.Service is { Port: null } service)
            service.Port = HttpsPort;
    }

    protected override void PrepareForCreate(CustomResourceDefinition value)
    {
        value.Metadata.Generation = 1;
        value.Status = new() { StoredVersions = [.. (value.Spec?.Versions ?? []).Where(v => v.Storage == true).Select(v => v.Name ?? "")] };
    }

    protected override bool PrepareForUpdate(CustomResourceDefinition value, CustomResourceDefinition old)
    {
        value.Status = old.Status;
        foreach (var version in value.Spec?.Versions ?? [])
        {
            if (version.Storage == true && value.Status?.StoredVersions?.Contains(version.Name!) != true)
                value.Status = (value.Status ?? new()) with { StoredVersions = [.. value.Status?.StoredVersions ?? [], version.Name!] };
        }
        return !ApiJson.Same(value.Spec, old.Spec);
    }

    protected override void PrepareForStatusUpdate(CustomResourceDefinition value, CustomResourceDefinition old)
    {
        value.Spec = old.Spec;
        value.Metadata = old.Metadata with { ManagedFields = value.Metadata.ManagedFields, ResourceVersion = value.Metadata.ResourceVersion };
    }

    protected override IEnumerable<FieldError> ValidateCreate(CustomResourceDefinition value) => DefinitionValidation.Create(value);

    protected override IEnumerable<FieldError> ValidateUpdate(CustomResourceDefinition value, CustomResourceDefinition old) => DefinitionValidation.Update(value, old);

    protected override IEnumerable<FieldError> ValidateStatusUpdate(CustomResourceDefinition value, CustomResourceDefinition old) =>
        value.Status?.AcceptedNames is { } names ? DefinitionValidation.Names(names, "status.acceptedNames") : [];

    protected override object?[] Row(CustomResourceDefinition value, DateTimeOffset now) =>
        [value.Metadata.Name, value.Metadata.CreationTimestamp?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)];

    /// <summary>Marks a definition whose deletion begins: its instances go first.</summary>
    public override void PrepareForDelete(Platform.Api.KubernetesObject value, DateTimeOffset now)
    {
        var definition = (CustomResourceDefinition)value;
        if (definition.Metadata.DeletionTimestamp is not null || !definition.Is(DefinitionConditions.Established))
            return;
        if (definition.Metadata.Finalizers?.Contains(DefinitionConditions.CleanupFinalizer) != true)
            definition.Metadata.Finalizers = [.. definition.Metadata.Finalizers ?? [], DefinitionConditions.CleanupFinalizer];
        definition.Status = (definition.Status ?? new()) with
        {
            Conditions = definition.Status?.Conditions.With(DefinitionConditions.Terminating, true, "InstanceDeletionPending",
                "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon", now),
        };
    }
}
