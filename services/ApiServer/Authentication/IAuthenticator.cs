using Platform.Api.Authentication.V1;

namespace Platform.ApiServer.Authentication;

/// <summary>One way to prove who one is. All of them are asked in order; the first that answers decides.</summary>
internal interface IAuthenticator
{
    /// <summary>
    /// The user, without the groups that every user has; null where the request carries no credential of this kind.
    /// A credential that is there but not good is an <see cref="Platform.Api.Errors.ApiException"/> with 401.
    /// </summary>
    ValueTask<UserInfo?> AuthenticateAsync(HttpContext context);
}
