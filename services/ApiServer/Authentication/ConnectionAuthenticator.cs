using Platform.Api.Authentication.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.Authentication;

/// <summary>Takes the user from the connection: a client certificate over TLS, or a component in this process.</summary>
internal sealed class ConnectionAuthenticator : IAuthenticator
{
    public ValueTask<UserInfo?> AuthenticateAsync(HttpContext context)
    {
        var connection = context.Features.Get<ConnectionUser>();
        if (connection is { Rejected: true } && !context.Request.Headers.ContainsKey("Authorization"))
            throw ApiErrors.Unauthorized();
        return new(connection?.User);
    }
}
