using Platform.Api.Authentication.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Authorization;

/// <summary>Whether a user may do what a request asks, and why.</summary>
/// <param name="Allowed">Whether it may.</param>
/// <param name="Reason">Why, for people; may be empty.</param>
internal readonly record struct AuthorizationDecision(bool Allowed, string Reason)
{
    public static AuthorizationDecision Allow(string reason) => new(true, reason);

    public static AuthorizationDecision NoOpinion(string reason = "") => new(false, reason);
}

/// <summary>Decides from the watch caches, without I/O: asked for every request and by access reviews.</summary>
internal interface IAuthorizer
{
    AuthorizationDecision Authorize(UserInfo user, RequestInfo request);
}
