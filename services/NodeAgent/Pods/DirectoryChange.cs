namespace Platform.NodeAgent.Pods;

/// <summary>Signals that something in a folder has changed.</summary>
internal sealed class DirectoryChange : IDisposable
{
    private readonly FileSystemWatcher _watcher;

    public DirectoryChange(string folder)
    {
        _watcher = new(folder) { NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.FileName | NotifyFilters.Size };
        _watcher.Changed += (_, _) => Signal.Set();
        _watcher.Created += (_, _) => Signal.Set();
        _watcher.Renamed += (_, _) => Signal.Set();
        _watcher.EnableRaisingEvents = true;
    }

    public WakeSignal Signal { get; } = new();

    public void Dispose() => _watcher.Dispose();
}
