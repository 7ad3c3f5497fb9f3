using Platform.Api.Errors;
using Platform.Api.Rbac.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Rbac;

/// <summary>Role bindings within a namespace.</summary>
internal sealed class RoleBindingRules : ResourceRules<RoleBinding>
{
    public override bool AllowsCreateOnUpdate => true;

    public override IReadOnlyList<TableColumn> Columns => BindingTable.Columns;

    public override string? ValidateName(string name) => RoleValidation.Name(name);

    protected override void Default(RoleBinding value) => BindingTable.Default(value.RoleRef, value.Subjects);

    protected override IEnumerable<FieldError> Validate(RoleBinding value) =>
        BindingTable.Validate(value.RoleRef, value.Subjects, ["ClusterRole", "Role"]);

    protected override IEnumerable<FieldError> ValidateUpdate(RoleBinding value, RoleBinding old) => BindingTable.ValidateUpdate(value.RoleRef, old.RoleRef);

    protected override object?[] Row(RoleBinding value, DateTimeOffset now) =>
        BindingTable.Row(value.Metadata.Name, value.RoleRef, value.Subjects, Cells.Since(value.Metadata.CreationTimestamp, now));
}

/// <summary>Role bindings of the whole cluster.</summary>
internal sealed class ClusterRoleBindingRules : ResourceRules<ClusterRoleBinding>
{
    public override bool AllowsCreateOnUpdate => true;

    public override IReadOnlyList<TableColumn> Columns => BindingTable.Columns;

    public override string? ValidateName(string name) => RoleValidation.Name(name);

    protected override void Default(ClusterRoleBinding value) => BindingTable.Default(value.RoleRef, value.Subjects);

    protected override IEnumerable<FieldError> Validate(ClusterRoleBinding value) => BindingTable.Validate(value.RoleRef, value.Subjects, ["ClusterRole"]);

    protected override IEnumerable<FieldError> ValidateUpdate(ClusterRoleBinding value, ClusterRoleBinding old) =>
        BindingTable.ValidateUpdate(value.RoleRef, old.RoleRef);

    protected override object?[] Row(ClusterRoleBinding value, DateTimeOffset now) =>
        BindingTable.Row(value.Metadata.Name, value.RoleRef, value.Subjects, Cells.Since(value.Metadata.CreationTimestamp, now));
}

/// <summary>What both kinds of binding share.</summary>
internal static class BindingTable
{
    private const string RbacGroup = "rbac.authorization.k8s.io";

    public static readonly IReadOnlyList<TableColumn> Columns =
    [
        Cells.Name,
        new("Role", Description: "Role that is granted."),
        Cells.Age,
        new("Users", Description: "Users that it is granted to.", Priority: 1),
        new("Groups", Description: "Groups that it is granted to.", Priority: 1),
        new("ServiceAccounts", Description: "Service accounts that it is granted to.", Priority: 1),
    ];

    public static void Default(RoleRef? role, IReadOnlyList<Subject>? subjects)
    {
        if (role is not null && string.IsNullOrEmpty(role.ApiGroup))
            role.ApiGroup = RbacGroup;
        foreach (var subject in subjects ?? [])
        {
            if (subject.Kind is "User" or "Group" && string.IsNullOrEmpty(subject.ApiGroup))
                subject.ApiGroup = RbacGroup;
        }
    }

    public static IEnumerable<FieldError> Validate(RoleRef? role, IReadOnlyList<Subject>? subjects, string[] kinds)
    {
        if (role?.ApiGroup != RbacGroup)
            yield return FieldError.NotSupported("roleRef.apiGroup", role?.ApiGroup ?? "", [RbacGroup]);
        if (!kinds.Contains(role?.Kind))
            yield return FieldError.NotSupported("roleRef.kind", role?.Kind ?? "", kinds);
        if (string.IsNullOrEmpty(role?.Name))
            yield return FieldError.Required("roleRef.name");
        foreach (var (subject, i) in (subjects ?? []).Select((s, i) => (s, i)))
        {
            foreach (var error in Subject(subject, kinds.Length > 1, $"subjects[{i}]"))
                yield return error;
        }
    }

    public static IEnumerable<FieldError> ValidateUpdate(RoleRef? role, RoleRef? old)
    {
        if (!SemanticEquality.Same(role, old))
            yield return FieldError.Invalid("roleRef", new GoLiteral(
                $"rbac.RoleRef{{APIGroup:{GoSyntax.Show(role?.ApiGroup ?? "")}, Kind:{GoSyntax.Show(role?.Kind ?? "")}, Name:{GoSyntax.Show(role?.Name ?? "")}}}"),
                "cannot change roleRef");
    }

    public static object?[] Row(string? name, RoleRef? role, IReadOnlyList<Subject>? subjects, string age)
    {
        string Of(string kind) => string.Join(", ", (subjects ?? []).Where(s => s.Kind == kind).Select(s => kind == "ServiceAccount" ? $"{s.Namespace}/{s.Name}" : s.Name));
        return [name, $"{role?.Kind}/{role?.Name}", age, Of("User"), Of("Group"), Of("ServiceAccount")];
    }

    private static IEnumerable<FieldError> Subject(Subject subject, bool namespaced, string path)
    {
        if (string.IsNullOrEmpty(subject.Name))
            yield return FieldError.Required($"{path}.name");
        switch (subject.Kind)
        {
            case "ServiceAccount":
                foreach (var error in NameFormats.DnsSubdomain(subject.Name ?? ""))
                    yield return FieldError.Invalid($"{path}.name", subject.Name ?? "", error);
                if (!string.IsNullOrEmpty(subject.ApiGroup))
                    yield return FieldError.NotSupported($"{path}.apiGroup", subject.ApiGroup, [""]);
                if (!namespaced && string.IsNullOrEmpty(subject.Namespace))
                    yield return FieldError.Required($"{path}.namespace");
                break;
            case "User" or "Group":
                if (subject.ApiGroup != RbacGroup)
                    yield return FieldError.NotSupported($"{path}.apiGroup", subject.ApiGroup ?? "", [RbacGroup]);
                break;
            default:
                yield return FieldError.NotSupported($"{path}.kind", subject.Kind ?? "", ["Group", "ServiceAccount", "User"]);
                break;
        }
    }
}
