using Platform.Api.Authentication.V1;
using Platform.Api.Errors;
using Platform.ApiServer.History;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Authorization;

/// <summary>Refuses what the authorizer does not allow, in upstream's words.</summary>
internal sealed class RequestAuthorization(IAuthorizer authorizer)
{
    public void Check(ApiRequest request)
    {
        var asked = request.Info is { IsResourceRequest: true, Subresource: UndoHandler.Subresource } undo ? UndoHandler.Authorized(undo) : request.Info;
        var decision = authorizer.Authorize(request.User, asked);
        if (!decision.Allowed)
            throw Forbidden(request.User, asked, decision.Reason);
    }

    public static ApiException Forbidden(UserInfo user, RequestInfo info, string reason)
    {
        var because = reason.Length == 0 ? "" : ": " + reason;
        if (!info.IsResourceRequest)
        {
            return new(new()
            {
                ApiVersion = "v1",
                Kind = "Status",
                Metadata = new(),
                StatusValue = "Failure",
                Message = $"forbidden: User \"{user.Username}\" cannot {info.Verb} path \"{info.Path}\"{because}",
                Reason = StatusReason.Forbidden,
                Details = new(),
                Code = 403,
            });
        }

        var resource = info.Subresource.Length == 0 ? info.Resource : $"{info.Resource}/{info.Subresource}";
        var scope = info.Namespace.Length == 0 ? "at the cluster scope" : $"in the namespace \"{info.Namespace}\"";
        return ApiErrors.Forbidden(
            info.Group,
            info.Resource,
            info.Name,
            $"User \"{user.Username}\" cannot {info.Verb} resource \"{resource}\" in API group \"{info.Group}\" {scope}{because}");
    }
}
