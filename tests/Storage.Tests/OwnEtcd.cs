using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Platform.Storage.Etcd;

namespace Platform.Storage.Tests;

/// <summary>Debian's etcd on free ports of the loopback interface, its data in a temporary folder.</summary>
public sealed class OwnEtcd : IAsyncLifetime
{
    private const string Binary = "/usr/bin/etcd";
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-etcd-").FullName;
    private readonly int _clientPort = FreePort();
    private readonly int _peerPort = FreePort();
    private Func<string> _cluster;
    private Process? _process;

    /// <summary>A cluster of one.</summary>
    public OwnEtcd() => _cluster = () => $"{Name}={Peer}";

    /// <summary>Why there is none; null where it runs.</summary>
    public string? Missing => File.Exists(Binary) ? null : "etcd is not installed";

    private string Name => $"m{_peerPort}";

    private string Peer => $"http://127.0.0.1:{_peerPort}";

    public string Endpoint => $"http://127.0.0.1:{_clientPort}";

    public async ValueTask InitializeAsync()
    {
        if (Missing is null)
            await StartAsync();
    }

    /// <summary>Members of one cluster, not started.</summary>
    internal static OwnEtcd[] Cluster(int size)
    {
        OwnEtcd[] members = [.. Enumerable.Range(0, size).Select(_ => new OwnEtcd())];
        foreach (var member in members)
            member._cluster = () => string.Join(',', members.Select(m => $"{m.Name}={m.Peer}"));
        return members;
    }

    /// <summary>Starts it, again on the same data where it was killed.</summary>
    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(Binary,
        [
            "--data-dir", Path.Combine(_folder, "data"), "--listen-client-urls", Endpoint, "--advertise-client-urls", Endpoint,
            "--listen-peer-urls", Peer, "--initial-advertise-peer-urls", Peer, "--name", Name, "--initial-cluster", _cluster(), "--log-level", "error",
        ])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        await Eventually.SucceedsAsync(
            async () => await (await EtcdStore.OpenAsync(new EtcdOptions { Endpoints = [Endpoint] }, TimeProvider.System)).DisposeAsync(), failure => failure is StorageException);
    }

    public async Task KillAsync()
    {
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
