using Platform.Api.Authentication.V1;
using Platform.ApiServer.Authorization;
using Platform.ApiServer.Registry;
using Platform.Cel;

namespace Platform.ApiServer.Expressions;

/// <summary>Answers expressions' questions about the user of a request, or a service account, with the server's own authorizer.</summary>
internal sealed class RequestAuthorizer(IAuthorizer authorizer, UserInfo user) : ICelAuthorizer
{
    public CelDecision Decide(CelAuthorization question)
    {
        var decision = authorizer.Authorize(
            question.ServiceAccount is { } account ? ServiceAccount(account.Namespace, account.Name) : user,
            new()
            {
                IsResourceRequest = question.Path is null,
                Path = question.Path ?? "",
                Verb = question.Verb,
                Group = question.Group,
                Version = "*",
                Resource = question.Resource,
                Subresource = question.Subresource,
                Namespace = question.Namespace,
                Name = question.Name,
            });
        return new(decision.Allowed, decision.Reason);
    }

    private static UserInfo ServiceAccount(string ns, string name) => new()
    {
        Username = $"system:serviceaccount:{ns}:{name}",
        Groups = ["system:serviceaccounts", "system:serviceaccounts:" + ns, "system:authenticated"],
    };
}
