using Platform.Api;
using Platform.Api.Authentication.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Rbac.V1;
using Platform.ApiServer.Authorization;
using Platform.ApiServer.Authorization.Rbac;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission;

/// <summary>
/// Nobody can give away rights that they do not have: who writes a role must hold all its rules or may <c>escalate</c> roles; who writes a binding must hold all
/// rules of its role or may <c>bind</c> it. Upstream does this in the roles' storage; here every write of a role comes by admission.
/// </summary>
internal sealed class RbacEscalation(IAuthorizer authorizer, RbacAuthorizer rbac) : IAdmissionPlugin
{
    private const string Group = "rbac.authorization.k8s.io";

    public string Name => "RbacEscalation";

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Resource.Group != Group || request.Operation is not ("CREATE" or "UPDATE") || request.Object is not { } written)
            return ValueTask.CompletedTask;
        if (request.User.Groups?.Contains(AuthorizerChain.Masters) == true)
            return ValueTask.CompletedTask;
        switch (written)
        {
            case ClusterRole role when Changed(role, request.OldObject):
                // What an aggregated role will hold is not known yet, so that takes the right to everything.
                CheckRole(request, role.AggregationRule is null ? role.Rules : [.. role.Rules ?? [], Everything, EveryPath]);
                break;
            case Role role when Changed(role, request.OldObject):
                CheckRole(request, role.Rules);
                break;
            case ClusterRoleBinding { RoleRef: { } role } binding when Changed(binding, request.OldObject):
                CheckBinding(request, role, null);
                break;
            case RoleBinding { RoleRef: { } role } binding when Changed(binding, request.OldObject):
                CheckBinding(request, role, request.Info.Namespace);
                break;
        }

        return ValueTask.CompletedTask;
    }

    private static PolicyRule Everything => new() { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"] };

    private static PolicyRule EveryPath => new() { Verbs = ["*"], NonResourceURLs = ["*"] };

    private void CheckRole(AdmissionRequest request, IReadOnlyList<PolicyRule>? rules)
    {
        if (!Allowed(request.User, "escalate", request.Resource.Plural, request.Object!.Metadata.Name ?? "", request.Info.Namespace))
            Cover(request, rules ?? [], request.Info.Namespace);
    }

    private void CheckBinding(AdmissionRequest request, RoleRef role, string? ns)
    {
        var resource = role.Kind == "ClusterRole" ? "clusterroles" : "roles";
        if (Allowed(request.User, "bind", resource, role.Name ?? "", ns ?? ""))
            return;
        var rules = rbac.RulesOfRole(role, ns) ?? throw ApiErrors.NotFound(Group, resource, role.Name ?? "");
        Cover(request, rules, ns ?? "");
    }

    private void Cover(AdmissionRequest request, IReadOnlyList<PolicyRule> rules, string ns)
    {
        var owned = rbac.RulesOf(request.User, ns);
        PolicyRule[] missing = [.. rules.SelectMany(r => RuleMatch.Missing(owned, r))];
        if (missing.Length == 0)
            return;
        throw ApiErrors.Forbidden(
            Group,
            request.Resource.Plural,
            request.Object!.Metadata.Name ?? "",
            $"user \"{request.User.Username}\" (groups={List(request.User.Groups ?? [])}) is attempting to grant RBAC permissions not currently held:\n"
                + string.Join('\n', Lines(missing)));
    }

    private bool Allowed(UserInfo user, string verb, string resource, string name, string ns) => authorizer.Authorize(user, new RequestInfo
    {
        IsResourceRequest = true,
        Path = "",
        Verb = verb,
        Group = Group,
        Version = "v1",
        Resource = resource,
        Name = name,
        Namespace = ns,
    }).Allowed;

    // Metadata alone may be changed by anyone who may update the object.
    private static bool Changed(KubernetesObject written, KubernetesObject? old) =>
        old is null || !ApiJson.Encode((object)(written with { Metadata = new() })).AsSpan().SequenceEqual(ApiJson.Encode((object)(old with { Metadata = new() })));

    // What is missing of one resource is one line, with its verbs in the order in which the rules ask for them.
    private static IEnumerable<string> Lines(IEnumerable<PolicyRule> missing) => missing
        .GroupBy(part => (part.ApiGroups?[0], part.Resources?[0], part.ResourceNames?[0], part.NonResourceURLs is null ? null : part))
        .Select(parts => Show(parts.First() with { Verbs = [.. parts.SelectMany(p => p.Verbs!)] }))
        .Order(StringComparer.Ordinal);

    // Written as upstream does, since people search for these lines.
    private static string Show(PolicyRule rule)
    {
        List<string> parts = [];
        void Add(string name, IReadOnlyList<string>? values)
        {
            if (values is { Count: > 0 })
                parts.Add($"{name}:{List(values)}");
        }

        Add("APIGroups", rule.ApiGroups);
        Add("Resources", rule.Resources);
        Add("NonResourceURLs", rule.NonResourceURLs);
        Add("ResourceNames", rule.ResourceNames);
        Add("Verbs", rule.Verbs);
        return "{" + string.Join(", ", parts) + "}";
    }

    private static string List(IEnumerable<string> values) => $"[{string.Join(' ', values.Select(GoSyntax.Show))}]";
}
