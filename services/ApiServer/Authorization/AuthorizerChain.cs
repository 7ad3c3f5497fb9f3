using Platform.Api.Authentication.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Authorization;

/// <summary>Asks the authorizers in upstream's order: the masters' group may do everything, nodes what the node authorizer says, everyone what RBAC says.</summary>
internal sealed class AuthorizerChain(NodeAuthorizer nodes, Rbac.RbacAuthorizer rbac) : IAuthorizer
{
    public const string Masters = "system:masters";

    public AuthorizationDecision Authorize(UserInfo user, RequestInfo request)
    {
        if (user.Groups?.Contains(Masters) == true)
            return AuthorizationDecision.Allow("");
        if (NodeAuthorizer.NodeOf(user) is { } node)
        {
            var decision = nodes.Authorize(node, request);
            if (decision.Allowed)
                return decision;
            var byRole = rbac.Authorize(user, request);
            return byRole.Allowed ? byRole : decision;
        }

        return rbac.Authorize(user, request);
    }
}
