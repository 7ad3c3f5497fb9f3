using System.Text.Json;
using Platform.Api.Apps.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;
using Platform.ApiServer.Registry.Rules.Core.Pods;

namespace Platform.ApiServer.Registry.Rules.Apps;

/// <summary>Controller revisions: what a stateful set or daemon set was at one time. Only the revision's number may change.</summary>
internal sealed class ControllerRevisionRules : ResourceRules<ControllerRevision>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Controller", Description: "What it is a revision of."),
        new("Revision", Description: "Number of the revision."),
        Cells.Age,
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override IEnumerable<FieldError> Validate(ControllerRevision value) =>
    [
        .. value.Data is null or { ValueKind: JsonValueKind.Null } ? [FieldError.Required("data", "data is mandatory")] : (FieldError[])[],
        .. TemplateValidation.Count(value.Revision, "revision"),
    ];

    protected override IEnumerable<FieldError> ValidateUpdate(ControllerRevision value, ControllerRevision old)
    {
        if (value.Data is { } now && old.Data is { } before && !JsonElement.DeepEquals(now, before))
            yield return FieldError.Invalid("data", value.Data, "field is immutable");
    }

    protected override object?[] Row(ControllerRevision value, DateTimeOffset now)
    {
        var owner = value.Metadata.OwnerReferences?.FirstOrDefault(o => o.Controller == true);
        return [value.Metadata.Name, owner is null ? Cells.None : Cells.Reference(owner), value.Revision ?? 0, Cells.Since(value.Metadata.CreationTimestamp, now)];
    }
}
