using System.Collections.Concurrent;
using System.Diagnostics;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Starts children that die with this process, even when it is killed: each asks the kernel (through util-linux's setpriv, where it is
/// there) for a signal at its parent's death. The kernel means the parent thread, so all children are started on one that lives as long as the
/// process.
/// </summary>
internal sealed class ProcessStarter : IDisposable
{
    private const string SetPriv = "/usr/bin/setpriv";
    private readonly BlockingCollection<(ProcessStartInfo Info, TaskCompletionSource<Process> Done)> _requests = new(boundedCapacity: 64);
    private readonly Thread _thread;

    public ProcessStarter()
    {
        _thread = new(Work) { IsBackground = true, Name = "process starter" };
        _thread.Start();
    }

    public Process Start(ProcessStartInfo info)
    {
        var done = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests.Add((info, done));
        return done.Task.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _requests.CompleteAdding();
        _thread.Join();
        _requests.Dispose();
    }

    private void Work()
    {
        foreach (var (info, done) in _requests.GetConsumingEnumerable())
        {
            try
            {
                done.SetResult(Process.Start(Bound(info))!);
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        }
    }

    private static ProcessStartInfo Bound(ProcessStartInfo info)
    {
        if (!File.Exists(SetPriv))
            return info;
        var arguments = info.ArgumentList.ToList();
        info.ArgumentList.Clear();
        foreach (var argument in (string[])["--pdeathsig", "KILL", "--", info.FileName, .. arguments])
            info.ArgumentList.Add(argument);
        info.FileName = SetPriv;
        return info;
    }
}
