using System.Collections.Concurrent;
using Platform.Api.Core.V1;

namespace Platform.NodeAgent.Volumes;

/// <summary>Tokens for pods: asked for with TokenRequest, bound to the pod, and replaced when 80 % of their life is over.</summary>
internal sealed class TokenCache(IReferencedObjects objects, TimeProvider time) : ITokenSource
{
    private const long DefaultSeconds = 3607;
    private const double RefreshAt = 0.8;

    private readonly ConcurrentDictionary<Key, Entry> _tokens = new();

    public async Task<string> TokenAsync(Pod pod, ServiceAccountTokenProjection projection, CancellationToken cancellationToken)
    {
        var account = pod.Spec!.ServiceAccountName is { Length: > 0 } name ? name : "default";
        var key = new Key(pod.Metadata.Uid!, account, projection.Audience ?? "", projection.ExpirationSeconds ?? DefaultSeconds);
        var now = time.GetUtcNow();
        if (_tokens.TryGetValue(key, out var known) && known.RefreshAt > now)
            return known.Token;
        var status = await objects.TokenAsync(pod.Metadata.Namespace!, account, new()
        {
            Audiences = key.Audience.Length > 0 ? [key.Audience] : [],
            ExpirationSeconds = key.Seconds,
            BoundObjectRef = new() { ApiVersion = "v1", Kind = "Pod", Name = pod.Metadata.Name, Uid = pod.Metadata.Uid },
        }, cancellationToken);
        var life = (status.ExpirationTimestamp ?? now.AddSeconds(key.Seconds)) - now;
        _tokens[key] = new(status.Token ?? "", now + life * RefreshAt);
        return status.Token ?? "";
    }

    public DateTimeOffset? NextRefresh(string podUid)
    {
        DateTimeOffset? next = null;
        foreach (var (key, entry) in _tokens)
        {
            if (key.PodUid == podUid && (next is null || entry.RefreshAt < next))
                next = entry.RefreshAt;
        }

        return next;
    }

    public void Forget(string podUid)
    {
        foreach (var key in _tokens.Keys.Where(k => k.PodUid == podUid))
            _tokens.TryRemove(key, out _);
    }

    private sealed record Key(string PodUid, string Account, string Audience, long Seconds);

    private sealed record Entry(string Token, DateTimeOffset RefreshAt);
}
