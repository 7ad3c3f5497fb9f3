using System.Runtime.CompilerServices;

namespace Platform.ApiServer.Watching;

/// <summary>
/// Awaited, lets everything that waits for a thread now go first. <see cref="Task.Yield"/> does not: it goes on at once on the same thread. On an idle server it
/// costs some microseconds.
/// </summary>
internal readonly struct Turn : ICriticalNotifyCompletion
{
    public static Turn Others => default;

    public bool IsCompleted => false;

    public Turn GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) => ThreadPool.UnsafeQueueUserWorkItem(static c => c(), continuation, preferLocal: false);
}
