using Platform.Api.Authentication.V1;
using Platform.Api.Core.V1;
using Platform.ApiServer.Authorization.Bootstrap;
using Platform.ApiServer.Authorization.Rbac;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Authorization;

/// <summary>
/// What a node's agent may do. The fixed rules for all nodes come first, except that secrets, config maps, volume claims and tokens are given only
/// where a pod that is bound to the node refers to them, and leases only where they are the node's own. So a node that was broken into
/// gives away what ran on it and nothing more. NodeRestriction admission bounds the writes.
/// </summary>
internal sealed class NodeAuthorizer(IObjectReader reader)
{
    private const string UserPrefix = "system:node:";
    private const string Group = "system:nodes";
    private const string LeaseNamespace = "kube-node-lease";

    /// <summary>The node that the user is the agent of; null for other users.</summary>
    public static string? NodeOf(UserInfo user) =>
        user.Username?.StartsWith(UserPrefix, StringComparison.Ordinal) == true && user.Groups?.Contains(Group) == true
            ? user.Username[UserPrefix.Length..]
            : null;

    public AuthorizationDecision Authorize(string node, RequestInfo request)
    {
        return (request.Group, request.Resource, request.Subresource) switch
        {
            ("", "secrets", "") => Read(node, request, (pod, name) => PodReferences.Secret(pod, name)),
            ("", "configmaps", "") => Read(node, request, (pod, name) => PodReferences.ConfigMap(pod, name)),
            ("", "persistentvolumeclaims", "") => Read(node, request, (pod, name) => PodReferences.Claim(pod, name)),
            ("", "serviceaccounts", "token") => request.Verb == "create"
                ? Referenced(node, request, (pod, name) => pod.Spec?.ServiceAccountName == name)
                : AuthorizationDecision.NoOpinion("can only create tokens for individual service accounts"),
            ("coordination.k8s.io", "leases", "") => Lease(node, request),
            _ => NodeRules.All.Any(rule => RuleMatch.Allows(rule, request)) ? AuthorizationDecision.Allow("") : AuthorizationDecision.NoOpinion(),
        };
    }

    private AuthorizationDecision Read(string node, RequestInfo request, Func<Pod, string, bool> refers)
    {
        if (request.Verb is not ("get" or "list" or "watch"))
            return AuthorizationDecision.NoOpinion("can only read resources of this type");
        return request.Name.Length == 0
            ? AuthorizationDecision.NoOpinion("No Object name found")
            : Referenced(node, request, refers);
    }

    private AuthorizationDecision Referenced(string node, RequestInfo request, Func<Pod, string, bool> refers)
    {
        foreach (var pod in reader.List<Pod>(request.Namespace))
        {
            if (pod.Spec?.NodeName == node && refers(pod, request.Name))
                return AuthorizationDecision.Allow("");
        }

        return AuthorizationDecision.NoOpinion($"no relationship found between node '{node}' and this object");
    }

    private static AuthorizationDecision Lease(string node, RequestInfo request)
    {
        if (request.Namespace != LeaseNamespace)
            return AuthorizationDecision.NoOpinion($"can only access leases in the \"{LeaseNamespace}\" system namespace");
        if (request.Verb is not ("get" or "create" or "update" or "patch" or "delete"))
            return AuthorizationDecision.NoOpinion("can only get, create, update, patch, or delete a node lease");
        // The name of a lease to create is in its body; NodeRestriction looks at it.
        return request.Verb == "create" || request.Name == node
            ? AuthorizationDecision.Allow("")
            : AuthorizationDecision.NoOpinion("can only access node lease with the same name as the requesting node");
    }
}
