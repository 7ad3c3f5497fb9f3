using Platform.Api.Core.V1;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry.Allocation;

/// <summary>
/// Which cluster IPs and node ports are taken, and by which service. Nothing of it is stored: the Service objects are the truth. It
/// follows the service cache like any watcher and catches up whenever it is asked; a reservation counts from before its commit, so two
/// services cannot get the same address while the first is on its way through the store.
/// </summary>
internal sealed class AllocationTable(WatchCaches caches, ResourceRegistry registry)
{
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _held = new(StringComparer.Ordinal);
    private readonly HashSet<(string Token, string Owner)> _pending = [];
    private Watcher? _watcher;

    public static string Address(string ip) => "ip/" + ip;

    public static string Port(int port, string? protocol) => $"port/{protocol ?? "TCP"}/{port}";

    /// <summary>Tokens of everything that a service holds.</summary>
    public static HashSet<string> TokensOf(Service service)
    {
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        if (service.Spec is not { } spec)
            return tokens;
        foreach (var ip in spec.ClusterIPs ?? (spec.ClusterIP is null ? [] : [spec.ClusterIP]))
        {
            if (ip.Length > 0 && ip != "None")
                tokens.Add(Address(ip));
        }
        foreach (var port in spec.Ports ?? [])
        {
            if (port.NodePort is > 0 and var number)
                tokens.Add(Port(number, port.Protocol));
        }
        if (spec.HealthCheckNodePort is > 0 and var health)
            tokens.Add(Port(health, "TCP"));
        return tokens;
    }

    /// <summary>Takes in what was committed since. Call before the others, under one lock with them.</summary>
    public void CatchUp()
    {
        if (_watcher is null || _watcher.Queue.Completion.IsCompleted)
        {
            _owners.Clear();
            _held.Clear();
            foreach (var (token, owner) in _pending)
                Hold(token, owner);
            _watcher = caches.Of(registry.Of<Service>()).WatchFromNow(Selection.Everything, sendInitialEvents: true);
            foreach (var item in _watcher.Backlog)
                Take(item);
        }
        while (_watcher.Queue.TryRead(out var item))
            Take(item);
    }

    public bool IsFree(string token) => !_owners.ContainsKey(token);

    public bool IsHeldBy(string token, string owner) => _owners.GetValueOrDefault(token) == owner;

    public void Reserve(string token, string owner)
    {
        _pending.Add((token, owner));
        Hold(token, owner);
    }

    /// <summary>Ends a reservation: what was committed stays taken, what was not is free again.</summary>
    public void Settle(string token, string owner, bool committed)
    {
        _pending.Remove((token, owner));
        if (!committed && IsHeldBy(token, owner))
        {
            _owners.Remove(token);
            _held.GetValueOrDefault(owner)?.Remove(token);
        }
    }

    private void Hold(string token, string owner)
    {
        _owners[token] = owner;
        if (!_held.TryGetValue(owner, out var tokens))
            _held[owner] = tokens = new(StringComparer.Ordinal);
        tokens.Add(token);
    }

    private void Take(WatchItem item)
    {
        var owner = item.Object.Key;
        foreach (var token in _held.GetValueOrDefault(owner, []))
        {
            if (!_pending.Contains((token, owner)))
                _owners.Remove(token);
        }
        _held.Remove(owner);
        foreach (var (token, _) in _pending.Where(p => p.Owner == owner))
            Hold(token, owner);
        if (item.Type == EventType.Deleted)
            return;
        foreach (var token in TokensOf((Service)item.Object.Decode()))
            Hold(token, owner);
    }
}
