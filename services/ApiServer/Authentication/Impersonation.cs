using Platform.Api.Authentication.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Authorization;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Authentication;

/// <summary>
/// Acts as the user that the <c>Impersonate-*</c> headers name, when the real user may <c>impersonate</c> each of user, groups, uid and extra
/// values; a service account's name is checked as the resource <c>serviceaccounts</c> in its namespace.
/// </summary>
internal sealed class Impersonation(IAuthorizer authorizer)
{
    private const string ExtraPrefix = "Impersonate-Extra-";
    private const string ServiceAccountPrefix = "system:serviceaccount:";

    public UserInfo Apply(HttpRequest request, UserInfo user)
    {
        var name = request.Headers["Impersonate-User"].ToString();
        var groups = request.Headers["Impersonate-Group"];
        var uid = request.Headers["Impersonate-Uid"].ToString();
        var extra = Extra(request);
        if (name.Length == 0)
        {
            return groups.Count == 0 && uid.Length == 0 && extra is null
                ? user
                : throw ApiErrors.BadRequest("requested to impersonate groups, a uid or extra values without impersonating a user");
        }

        var account = name.StartsWith(ServiceAccountPrefix, StringComparison.Ordinal) ? name[ServiceAccountPrefix.Length..].Split(':') : [];
        if (account.Length == 2)
            Require(user, "", "serviceaccounts", "", account[1], account[0]);
        else
            Require(user, "", "users", "", name);
        foreach (var group in groups)
            Require(user, "", "groups", "", group ?? "");
        if (uid.Length > 0)
            Require(user, "authentication.k8s.io", "uids", "", uid);
        foreach (var (key, values) in extra ?? [])
        {
            foreach (var value in values)
                Require(user, "authentication.k8s.io", "userextras", key, value);
        }

        List<string> effective = [.. groups.OfType<string>()];
        if (account.Length == 2 && groups.Count == 0)
            effective.AddRange(["system:serviceaccounts", "system:serviceaccounts:" + account[0]]);
        var unknown = name == Hosting.ApiRequest.Anonymous.Username;
        var mark = unknown ? "system:unauthenticated" : RequestAuthentication.AuthenticatedGroup;
        if (!effective.Contains(mark))
            effective.Add(mark);
        return new() { Username = name, Uid = uid.Length == 0 ? null : uid, Groups = effective, Extra = extra?.ToDictionary(e => e.Key, e => e.Value) };
    }

    private void Require(UserInfo user, string group, string resource, string subresource, string name, string ns = "")
    {
        var info = new RequestInfo
        {
            IsResourceRequest = true,
            Path = "",
            Verb = "impersonate",
            Group = group,
            Version = "v1",
            Resource = resource,
            Subresource = subresource,
            Name = name,
            Namespace = ns,
        };
        var decision = authorizer.Authorize(user, info);
        if (!decision.Allowed)
            throw RequestAuthorization.Forbidden(user, info, decision.Reason);
    }

    private static Dictionary<string, IReadOnlyList<string>>? Extra(HttpRequest request)
    {
        Dictionary<string, IReadOnlyList<string>>? extra = null;
        foreach (var (key, values) in request.Headers)
        {
            if (key.StartsWith(ExtraPrefix, StringComparison.OrdinalIgnoreCase))
                (extra ??= [])[Uri.UnescapeDataString(key[ExtraPrefix.Length..].ToLowerInvariant())] = [.. values.OfType<string>()];
        }

        return extra;
    }
}
