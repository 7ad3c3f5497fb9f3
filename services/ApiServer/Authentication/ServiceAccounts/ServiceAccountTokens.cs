using System.Collections.Concurrent;
using Platform.Api.Authentication.V1;
using Platform.Api.Core.V1;
using Platform.ApiServer.Registry;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Pki;

namespace Platform.ApiServer.Authentication.ServiceAccounts;

/// <summary>
/// Issues and checks service-account tokens. A token holds until it expires, its service account is deleted, or the pod, secret or node that it is bound
/// to is gone; a recreated object has another uid and does not count. The signature is verified once per token and its user kept; whether
/// the objects are still there is asked again every few seconds.
/// </summary>
internal sealed class ServiceAccountTokens(IObjectReader reader, ClusterIdentityFiles identities, ClusterSettings settings, TimeProvider time)
{
    /// <summary>Verified tokens that are remembered; when there are more, all are forgotten and verified anew.</summary>
    private const int RememberedTokens = 8_192;

    /// <summary>For so long the last look at a token's objects counts.</summary>
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(10);

    /// <summary>A token of a pod that is being deleted holds for this long after its grace period, as upstream grants.</summary>
    private static readonly TimeSpan PodDeletionLeeway = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, Verified> _verified = new(StringComparer.Ordinal);
    private readonly Lazy<ServiceAccountKey> _key = new(identities.LoadServiceAccountKey);

    public string Issuer { get; } = $"https://kubernetes.default.svc.{settings.ClusterDomain}";

    public ServiceAccountKey Key => _key.Value;

    public string Issue(ServiceAccount account, IReadOnlyList<string> audiences, TimeSpan lifetime, KubernetesClaims bound)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return SignedToken.Sign(
            new()
            {
                Audiences = audiences,
                Expires = now + (long)lifetime.TotalSeconds,
                IssuedAt = now,
                NotBefore = now,
                Issuer = Issuer,
                Id = Guid.NewGuid().ToString(),
                Subject = UserName(account.Metadata.Namespace!, account.Metadata.Name!),
                Kubernetes = bound,
            },
            Key);
    }

    /// <summary>Whether a token looks like one that this cluster issues, good or not.</summary>
    public static bool IsTokenLike(string token) => token.Count(c => c == '.') == 2;

    /// <summary>The user of a token that holds now for one of the audiences, with the audiences that matched; null for any other token.</summary>
    public (UserInfo User, IReadOnlyList<string> Audiences)? Check(string token, IReadOnlyList<string> audiences)
    {
        if (!_verified.TryGetValue(token, out var known))
        {
            if (SignedToken.Verify(token, Key) is not { } claims || claims.Issuer != Issuer)
                return null;
            if (_verified.Count >= RememberedTokens)
                _verified.Clear();
            known = _verified.GetOrAdd(token, new Verified(claims, UserOf(claims)));
        }

        var now = time.GetUtcNow();
        var seconds = now.ToUnixTimeSeconds();
        if (seconds >= known.Claims.Expires)
        {
            _verified.TryRemove(token, out _);
            return null;
        }

        string[] matched = [.. known.Claims.Audiences.Intersect(audiences)];
        if (seconds < known.Claims.NotBefore || matched.Length == 0)
            return null;
        if (now - known.CheckedAt >= Recheck)
        {
            if (!Exists(known.Claims.Kubernetes, now))
                return null;
            known.CheckedAt = now;
        }

        return (known.User, matched);
    }

    private bool Exists(KubernetesClaims claims, DateTimeOffset now)
    {
        var account = reader.Find<ServiceAccount>(claims.Namespace, claims.ServiceAccount.Name);
        if (account is null || account.Metadata.Uid != claims.ServiceAccount.Uid)
            return false;
        if (claims.Pod is { } pod)
        {
            var found = reader.Find<Pod>(claims.Namespace, pod.Name);
            if (found?.Metadata.Uid != pod.Uid || found?.Metadata.DeletionTimestamp + PodDeletionLeeway < now)
                return false;
        }

        if (claims.Secret is { } secret && reader.Find<Secret>(claims.Namespace, secret.Name)?.Metadata.Uid != secret.Uid)
            return false;
        // A token that is bound to a pod names the pod's node for information only.
        return claims.Pod is not null || claims.Node is not { } node || reader.Find<Node>(null, node.Name)?.Metadata.Uid == node.Uid;
    }

    private static UserInfo UserOf(TokenClaims claims)
    {
        var bound = claims.Kubernetes;
        var extra = new Dictionary<string, IReadOnlyList<string>> { ["authentication.kubernetes.io/credential-id"] = ["JTI=" + claims.Id] };
        if (bound.Node is { } node)
            Add(extra, "node", node);
        if (bound.Pod is { } pod)
            Add(extra, "pod", pod);
        return new()
        {
            Username = UserName(bound.Namespace, bound.ServiceAccount.Name),
            Uid = bound.ServiceAccount.Uid,
            Groups = ["system:serviceaccounts", "system:serviceaccounts:" + bound.Namespace, RequestAuthentication.AuthenticatedGroup],
            Extra = extra,
        };
    }

    private static void Add(Dictionary<string, IReadOnlyList<string>> extra, string kind, BoundReference bound)
    {
        extra[$"authentication.kubernetes.io/{kind}-name"] = [bound.Name];
        if (bound.Uid is not null)
            extra[$"authentication.kubernetes.io/{kind}-uid"] = [bound.Uid];
    }

    private static string UserName(string ns, string name) => $"system:serviceaccount:{ns}:{name}";

    private sealed class Verified(TokenClaims claims, UserInfo user)
    {
        public TokenClaims Claims { get; } = claims;

        public UserInfo User { get; } = user;

        public DateTimeOffset CheckedAt { get; set; }
    }
}
