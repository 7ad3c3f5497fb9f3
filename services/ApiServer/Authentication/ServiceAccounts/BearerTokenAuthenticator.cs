using Platform.Api.Authentication.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.Authentication.ServiceAccounts;

/// <summary>Takes the user from a service account's bearer token; a token that is not good is refused, not ignored.</summary>
internal sealed class BearerTokenAuthenticator(ServiceAccountTokens tokens) : IAuthenticator
{
    private const string Scheme = "Bearer ";

    private readonly string[] _audiences = [tokens.Issuer];

    public ValueTask<UserInfo?> AuthenticateAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0)
            return default;
        var value = header[0] ?? "";
        if (!value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return default;
        return tokens.Check(value[Scheme.Length..].Trim(), _audiences) is { } found
            ? new(found.User)
            : throw ApiErrors.Unauthorized();
    }
}
