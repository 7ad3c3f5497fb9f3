namespace Platform.Streaming.Spdy;

/// <summary>
/// How much of a stream may still be sent. The peers that matter here, Kubernetes' and containerd's, know SPDY's frames but not its windows:
/// they never open one, and a sender that insisted would stop after 64 KiB for ever. So a window binds only once the peer has
/// shown, by its settings or a first update, that it has windows. Towards the others TCP alone holds the sender back.
/// </summary>
internal sealed class SendWindow(long initial, bool binding)
{
    private readonly Lock _gate = new();
    private long _open = initial;
    private bool _binding = binding;
    private Exception? _closed;
    private TaskCompletionSource? _waiting;

    /// <summary>Takes up to so many bytes; waits for at least one.</summary>
    /// <exception cref="IOException">The stream has ended.</exception>
    public async ValueTask<int> TakeAsync(int wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task opened;
            lock (_gate)
            {
                if (_closed is not null)
                    throw new IOException(_closed.Message, _closed);
                if (!_binding || _open > 0)
                {
                    var taken = _binding ? (int)Math.Min(wanted, _open) : wanted;
                    _open -= taken;
                    return taken;
                }

                _waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                opened = _waiting.Task;
            }

            await opened.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The peer opened the window further.</summary>
    public void Open(long bytes)
    {
        lock (_gate)
        {
            _open += bytes;
            _binding = true;
            Wake();
        }
    }

    /// <summary>Nothing can be sent any more.</summary>
    public void Close(Exception reason)
    {
        lock (_gate)
        {
            _closed ??= reason;
            Wake();
        }
    }

    private void Wake()
    {
        _waiting?.TrySetResult();
        _waiting = null;
    }
}
