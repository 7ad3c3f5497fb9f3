using System.Text;

namespace Platform.Storage.Tests.Contract;

/// <summary>
/// What every engine must do, run against each of them by a subclass. Tests use keys under a prefix of their own and assume no more of
/// revisions than that they grow, so that they can share a server.
/// </summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    private static int _testCount;

    private IRevisionedStore? _store;

    protected TestClock Clock { get; } = new();

    protected string Prefix { get; } = $"/registry/test-{Interlocked.Increment(ref _testCount)}/";

    protected IRevisionedStore Store => _store!;

    /// <summary>Whether what was written is there after the store was closed and opened again.</summary>
    protected virtual bool Persistent => false;

    /// <summary>A time to live for leases that <see cref="PassAsync"/> can wait for.</summary>
    protected virtual TimeSpan LeaseTime => TimeSpan.FromSeconds(30);

    /// <summary>A token that ends tests whose signal never comes.</summary>
    protected CancellationToken Deadline { get; } = new CancellationTokenSource(Eventually.Patience).Token;

    public async ValueTask InitializeAsync() => _store = await OpenAsync(Clock);

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_store is not null)
            await _store.DisposeAsync();
    }

    /// <summary>Opens the store; again the same one where it is <see cref="Persistent"/>.</summary>
    protected abstract ValueTask<IRevisionedStore> OpenAsync(TimeProvider clock);

    /// <summary>Lets time pass for the store. An engine with a clock of its own waits.</summary>
    protected virtual ValueTask PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        return default;
    }

    protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        _store = await OpenAsync(Clock);
    }

    protected static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(ReadOnlyMemory<byte> value) => Encoding.UTF8.GetString(value.Span);

    protected Cause By(string user, string? trace = null) => new(trace, user, Clock.GetUtcNow());

    protected async Task<long> CreateAsync(string name, string value = "value", long lease = 0)
    {
        var result = await Store.CreateAsync(Prefix + name, Bytes(value), By("tester"), lease);
        result.Error.ShouldBe(StorageError.None);
        return result.Revision;
    }

    protected async Task<long> UpdateAsync(string name, string value, long expected, long lease = 0)
    {
        var result = await Store.UpdateAsync(Prefix + name, Bytes(value), expected, By("tester"), lease);
        result.Error.ShouldBe(StorageError.None);
        return result.Revision;
    }

    protected async Task<long> DeleteAsync(string name, long expected)
    {
        var result = await Store.DeleteAsync(Prefix + name, expected, By("tester"));
        result.Error.ShouldBe(StorageError.None);
        return result.Revision;
    }

    /// <summary>The first events of a watch.</summary>
    protected async Task<List<StorageEvent>> WatchAsync(long after, int count, string under = "")
    {
        List<StorageEvent> events = [];
        await foreach (var batch in Store.WatchAsync(Prefix + under, after, Deadline))
        {
            foreach (var e in batch.Events)
                e.Revision.ShouldBeLessThanOrEqualTo(batch.Revision);
            events.AddRange(batch.Events);
            if (events.Count >= count)
                return events;
        }

        throw new InvalidOperationException("a watch must not end silently");
    }

    protected async Task<StorageError> ErrorOfAsync(Func<Task> action) => (await action.ShouldThrowAsync<StorageException>()).Error;

    protected static string Describe(StorageEvent e) => $"{e.Type} {e.Key[(e.Key.LastIndexOf('/') + 1)..]} {Text(e.Value)}";
}
