using Platform.Api.Core.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>Service accounts.</summary>
internal sealed class ServiceAccountRules : ResourceRules<ServiceAccount>
{
    public override bool ReturnsDeletedObject => true;

    public override IReadOnlyList<TableColumn> Columns { get; } = [Cells.Name, new("Secrets", Description: "Number of secrets."), Cells.Age];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override object?[] Row(ServiceAccount value, DateTimeOffset now) =>
        [value.Metadata.Name, value.Secrets?.Count ?? 0, Cells.Since(value.Metadata.CreationTimestamp, now)];
}
