using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Platform.Images;

namespace Platform.NodeAgent.Containerd;

/// <summary>
/// Runs the node's own containerd: starts it in a session of its own, so that it and its shims outlive the agent however that ends; finds it
/// again at the next start by its process id and socket; starts it anew when it dies, which containers survive since their shims hold them.
/// </summary>
internal sealed partial class ContainerdSupervisor(NodeLayout layout, TimeProvider time, ILogger<ContainerdSupervisor> logger)
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SocketRetry = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FirstRestartDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRestartDelay = TimeSpan.FromSeconds(10);

    /// <summary>Longest path of a unix socket, less the suffix of the second socket.</summary>
    private const int MaxSocketPath = 100;

    /// <summary>Makes sure that containerd runs and answers.</summary>
    /// <returns>Whether one was running already.</returns>
    public async Task<bool> StartAsync(CancellationToken cancellationToken)
    {
        if (layout.ContainerdSocket.Length > MaxSocketPath)
            throw new InvalidOperationException($"{layout.ContainerdSocket} is too long for a socket: choose a shorter data folder");
        var program = HostDetection.FindProgram("containerd")
            ?? throw new InvalidOperationException("containerd is not installed (Debian: apt-get install containerd), or choose the simulated runtime");
        var plugins = HostDetection.FindCniPlugins()
            ?? throw new InvalidOperationException("CNI plugins are not installed (Debian: apt-get install containernetworking-plugins)");
        Directory.CreateDirectory(layout.ContainerdRoot);
        Directory.CreateDirectory(layout.CniConfig);
        if (FindRunning() is { } running)
        {
            LogAdopted(logger, running.Id);
            await AwaitSocketAsync(running, cancellationToken);
            return true;
        }

        var config = ContainerdConfig.Render(layout, PauseImage.Name, plugins, HostDetection.Detect(layout.ContainerdRoot));
        await File.WriteAllTextAsync(layout.ContainerdConfig, config, cancellationToken);
        var process = Launch(program);
        LogStarted(logger, process.Id, layout.ContainerdSocket);
        await AwaitSocketAsync(process, cancellationToken);
        return false;
    }

    /// <summary>Watches over containerd until cancelled, and starts it again whenever it has ended.</summary>
    public async Task SuperviseAsync(CancellationToken cancellationToken)
    {
        var delay = FirstRestartDelay;
        while (!cancellationToken.IsCancellationRequested)
        {
            var since = time.GetTimestamp();
            if (FindRunning() is { } process)
            {
                await process.WaitForExitAsync(cancellationToken);
                LogDied(logger, process.Id);
            }

            delay = time.GetElapsedTime(since) > LongestRestartDelay ? FirstRestartDelay : delay * 2 < LongestRestartDelay ? delay * 2 : LongestRestartDelay;
            await Task.Delay(delay, time, cancellationToken);
            try
            {
                await StartAsync(cancellationToken);
            }
            catch (Exception e) when (e is InvalidOperationException or TimeoutException or IOException)
            {
                LogRestartFailed(logger, e);
            }
        }
    }

    /// <summary>Stops containerd; used when the node is reset.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (FindRunning() is not { } process)
            return;
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
        File.Delete(layout.ContainerdPid);
    }

    /// <summary>The containerd of this node, if one runs: the process of the pid file, provided that it was started with our configuration.</summary>
    internal Process? FindRunning()
    {
        if (!File.Exists(layout.ContainerdPid)
            || !int.TryParse(File.ReadAllText(layout.ContainerdPid), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
            return null;
        try
        {
            var arguments = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
            return arguments.Contains(layout.ContainerdConfig) ? Process.GetProcessById(pid) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // the process is gone
        }
    }

    private Process Launch(string program)
    {
        // setsid takes it out of our session (no Ctrl-C, no hang-up); the shell only redirects and is replaced, so the process id stays.
        const string script = "exec \"$0\" --config \"$1\" >>\"$2\" 2>&1 </dev/null";
        var start = new ProcessStartInfo("setsid") { WorkingDirectory = "/" };
        foreach (var argument in (string[])["sh", "-c", script, program, layout.ContainerdConfig, layout.ContainerdLog])
            start.ArgumentList.Add(argument);
        start.Environment["CNI_DATA_DIR"] = layout.CniData;
        foreach (var inherited in start.Environment.Keys.Where(k => k.StartsWith("DOTNET_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(inherited);
        var process = Process.Start(start) ?? throw new InvalidOperationException("containerd could not be started");
        File.WriteAllText(layout.ContainerdPid + ".new", process.Id.ToString(CultureInfo.InvariantCulture));
        File.Move(layout.ContainerdPid + ".new", layout.ContainerdPid, overwrite: true);
        return process;
    }

    private async Task AwaitSocketAsync(Process process, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(layout.ContainerdSocket), cancellationToken);
                return;
            }
            catch (SocketException) when (time.GetElapsedTime(since) < StartTimeout && !process.HasExited)
            {
                await Task.Delay(SocketRetry, time, cancellationToken);
            }
            catch (SocketException e)
            {
                throw new TimeoutException($"containerd does not answer at {layout.ContainerdSocket}; its log is {layout.ContainerdLog}", e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Found containerd running with process id {Pid}")]
    private static partial void LogAdopted(ILogger logger, int pid);

    [LoggerMessage(Level = LogLevel.Information, Message = "Started containerd with process id {Pid} at {Socket}")]
    private static partial void LogStarted(ILogger logger, int pid, string socket);

    [LoggerMessage(Level = LogLevel.Warning, Message = "containerd with process id {Pid} has ended; starting it again")]
    private static partial void LogDied(ILogger logger, int pid);

    [LoggerMessage(Level = LogLevel.Error, Message = "containerd could not be started; trying again")]
    private static partial void LogRestartFailed(ILogger logger, Exception exception);
}
