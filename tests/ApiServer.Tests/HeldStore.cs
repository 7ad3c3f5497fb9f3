using System.Reflection;
using Platform.Storage;
using Platform.Storage.InMemory;

namespace Platform.ApiServer.Tests;

/// <summary>A store that can be made to keep the next reader of its revision waiting, as a busy one would.</summary>
public class HeldStore : DispatchProxy
{
    private IRevisionedStore _inner = null!;
    private TaskCompletionSource? _armed;
    private TaskCompletionSource _release = new();

    /// <summary>An empty store, which only the server that gets it has: another one would act on what is written too.</summary>
    public static (IRevisionedStore Store, HeldStore Hold) Create()
    {
        var store = Create<IRevisionedStore, HeldStore>();
        var hold = (HeldStore)(object)store;
        hold._inner = new InMemoryStore();
        return (store, hold);
    }

    /// <summary>Begins a request and waits until it is the reader that is held; fails as the request does where it ends before.</summary>
    public async Task<Task<T>> HoldAsync<T>(Func<Task<T>> request)
    {
        _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = _armed.Task;
        var answer = request();
        await await Task.WhenAny(held, answer);
        return answer;
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
