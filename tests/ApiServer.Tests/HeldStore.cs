using System.Reflection;
using Platform.Storage;

namespace Platform.ApiServer.Tests;

/// <summary>A store that can be made to keep the next reader of its revision waiting, as a busy one would.</summary>
public class HeldStore : DispatchProxy
{
    private IRevisionedStore _inner = null!;
    private TaskCompletionSource? _armed;
    private TaskCompletionSource _release = new();

    public static (IRevisionedStore Store, HeldStore Hold) Around(IRevisionedStore inner)
    {
        var store = Create<IRevisionedStore, HeldStore>();
        var hold = (HeldStore)(object)store;
        hold._inner = inner;
        return (store, hold);
    }

    /// <summary>Holds the next reader; completes when there is one.</summary>
    public Task HoldNext()
    {
        _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return (_armed = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    public void Release() => _release.SetResult();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IRevisionedStore.CurrentRevisionAsync) && Interlocked.Exchange(ref _armed, null) is { } armed)
            return HeldAsync(armed);
        return targetMethod.Invoke(_inner, args);
    }

    private async ValueTask<long> HeldAsync(TaskCompletionSource armed)
    {
        armed.SetResult();
        await _release.Task;
        return await _inner.CurrentRevisionAsync();
    }
}
