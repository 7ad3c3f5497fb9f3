using Platform.Api.Rbac.V1;
using Platform.ApiServer.Authorization.Rbac;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Authorization.Bootstrap;

/// <summary>
/// Writes the default roles and bindings at start. What is missing is created; what is there gets back the rules and subjects it lacks,
/// unless its autoupdate annotation says false. Nothing that an administrator added is taken away.
/// </summary>
internal sealed class PolicyBootstrap(IObjectWriter writer)
{
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var role in UserRoles.All.Concat(SystemRoles.All).Concat(CertificateRoles.All))
            await writer.UpdateAsync<ClusterRole>(null, role.Metadata.Name!, present => Reconcile(present, role), cancellationToken);
        foreach (var binding in SystemRoles.Bindings)
            await writer.UpdateAsync<ClusterRoleBinding>(null, binding.Metadata.Name!, present => Reconcile(present, binding), cancellationToken);
    }

    private static ClusterRole? Reconcile(ClusterRole? present, ClusterRole wanted)
    {
        if (present is null)
            return wanted;
        if (!IsAutomatic(present.Metadata.Annotations) || wanted.AggregationRule is not null)
            return null;
        PolicyRule[] missing = [.. (wanted.Rules ?? []).Where(r => !RuleMatch.Covers(present.Rules ?? [], r))];
        return missing.Length == 0 ? null : present with { Rules = [.. present.Rules ?? [], .. missing] };
    }

    private static ClusterRoleBinding? Reconcile(ClusterRoleBinding? present, ClusterRoleBinding wanted)
    {
        if (present is null)
            return wanted;
        if (!IsAutomatic(present.Metadata.Annotations))
            return null;
        Subject[] missing = [.. (wanted.Subjects ?? []).Where(s => present.Subjects?.Contains(s) != true)];
        return missing.Length == 0 ? null : present with { Subjects = [.. present.Subjects ?? [], .. missing] };
    }

    private static bool IsAutomatic(IReadOnlyDictionary<string, string>? annotations) =>
        annotations?.GetValueOrDefault(PolicyText.AutoUpdate) != "false";
}
