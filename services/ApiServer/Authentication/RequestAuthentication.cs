using Platform.Api.Authentication.V1;
using Platform.ApiServer.Hosting;

namespace Platform.ApiServer.Authentication;

/// <summary>Asks the authenticators in order and adds the group that tells known users from unknown ones.</summary>
internal sealed class RequestAuthentication(IEnumerable<IAuthenticator> authenticators)
{
    public const string AuthenticatedGroup = "system:authenticated";

    private readonly IAuthenticator[] _authenticators = [.. authenticators];

    public async ValueTask<UserInfo> AuthenticateAsync(HttpContext context)
    {
        foreach (var authenticator in _authenticators)
        {
            if (await authenticator.AuthenticateAsync(context) is { } user)
                return user.Groups?.Contains(AuthenticatedGroup) == true ? user : user with { Groups = [.. user.Groups ?? [], AuthenticatedGroup] };
        }

        return ApiRequest.Anonymous;
    }
}
