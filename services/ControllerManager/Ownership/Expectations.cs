using Platform.Client;

namespace Platform.ControllerManager.Ownership;

/// <summary>
/// What a controller has done and its informer has not shown yet. The cache trails the server, so a controller that creates three
/// pods and looks again at once would see none and create three more. It therefore waits until each object it made was seen and each
/// one it deleted was seen leaving. Unlike upstream's counters this remembers uids: a pod made by a former run of the process, or
/// deleted by a user, is never mistaken for one that is awaited. What stays unseen for too long is given up, so that a lost event
/// delays a controller and never stops it.
/// </summary>
internal sealed class Expectations(TimeProvider clock)
{
    /// <summary>After this time the cache is believed whatever it shows, as upstream does.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectKey, Pending> _pending = [];

    /// <summary>Whether the cache shows everything that was done for this key.</summary>
    public bool Satisfied(ObjectKey key)
    {
        lock (_gate)
        {
            if (!_pending.TryGetValue(key, out var pending))
                return true;
            if (pending.Unseen.Count == 0 && pending.Leaving.Count == 0 || clock.GetUtcNow() - pending.Since > Timeout)
            {
                _pending.Remove(key);
                return true;
            }
            return false;
        }
    }

    /// <summary>How long until an unanswered expectation is given up.</summary>
    public TimeSpan Remaining(ObjectKey key)
    {
        lock (_gate)
            return _pending.TryGetValue(key, out var pending) ? pending.Since + Timeout - clock.GetUtcNow() + TimeSpan.FromSeconds(1) : TimeSpan.Zero;
    }

    /// <summary>Call before creating: events may overtake the answers, and are remembered from here on.</summary>
    public void Begin(ObjectKey key)
    {
        lock (_gate)
            _pending[key] = new(clock.GetUtcNow());
    }

    /// <summary>An object was created: wait until it is seen, unless its event came before the answer.</summary>
    public void Created(ObjectKey key, string uid)
    {
        lock (_gate)
        {
            if (_pending.TryGetValue(key, out var pending) && !pending.Seen.Remove(uid))
                pending.Unseen.Add(uid);
        }
    }

    /// <summary>Call before deleting: wait until the object is seen leaving.</summary>
    public void Leaving(ObjectKey key, string uid)
    {
        lock (_gate)
        {
            if (_pending.TryGetValue(key, out var pending))
                pending.Leaving.Add(uid);
        }
    }

    /// <summary>A deletion did not come about.</summary>
    public void NotLeaving(ObjectKey key, string uid)
    {
        lock (_gate)
        {
            if (_pending.TryGetValue(key, out var pending))
                pending.Leaving.Remove(uid);
        }
    }

    /// <summary>The informer has shown an object.</summary>
    /// <param name="key">Its controller.</param>
    /// <param name="uid">The object.</param>
    /// <param name="leaving">It is gone or is being deleted.</param>
    public void Observed(ObjectKey key, string uid, bool leaving)
    {
        lock (_gate)
        {
            if (!_pending.TryGetValue(key, out var pending))
                return;
            if (!pending.Unseen.Remove(uid))
                pending.Seen.Add(uid);
            if (leaving)
                pending.Leaving.Remove(uid);
        }
    }

    /// <summary>The controller is gone.</summary>
    public void Forget(ObjectKey key)
    {
        lock (_gate)
            _pending.Remove(key);
    }

    /// <summary>One round of creations and deletions. Seen holds at most what one key's objects change during that round.</summary>
    private sealed record Pending(DateTimeOffset Since)
    {
        public HashSet<string> Unseen { get; } = [];

        public HashSet<string> Seen { get; } = [];

        public HashSet<string> Leaving { get; } = [];
    }
}
