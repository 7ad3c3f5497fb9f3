using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Platform.Cli.Lifecycle;

/// <summary>
/// The background process of a cluster. Its id is kept in the data folder together with its start time, so that a process which got
/// the same id later is never taken for it.
/// </summary>
internal sealed partial class ClusterProcess(string dataDirectory, TimeProvider time)
{
    private const int Terminate = 15;
    private const int KillNow = 9;

    /// <summary>Field of /proc/PID/stat, counted from the one behind the name, that holds the start time in clock ticks since boot.</summary>
    private const int StartTimeField = 19;

    /// <summary>How long a cluster may take to stop before it is killed.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan ExitCheck = TimeSpan.FromMilliseconds(20);

    private readonly string _file = Path.Combine(dataDirectory, "cluster.pid");

    /// <summary>What the process prints.</summary>
    public string LogFile { get; } = Path.Combine(dataDirectory, "logs", "platform.log");

    /// <summary>Id of the running process, or null.</summary>
    public int? RunningId
    {
        get
        {
            if (!File.Exists(_file) || File.ReadAllText(_file).Split(' ') is not [var id, var started])
                return null;
            var processId = int.Parse(id, CultureInfo.InvariantCulture);
            return StartTime(processId) == started.Trim() ? processId : null;
        }
    }

    /// <summary>Starts the program in a session of its own, so that it outlives this command and its terminal.</summary>
    public int Start(IEnumerable<string> program, IEnumerable<string> arguments)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(LogFile)!);
        var info = new ProcessStartInfo("/bin/sh") { WorkingDirectory = dataDirectory };
        // The shell only redirects; exec keeps the process id, and setsid does not fork since a child is never a group leader here.
        info.ArgumentList.Add("-c");
        info.ArgumentList.Add("log=$1; shift; exec setsid \"$@\" >>\"$log\" 2>&1 </dev/null");
        foreach (var argument in (string[])["sh", LogFile, .. program, .. arguments])
            info.ArgumentList.Add(argument);
        using var process = Process.Start(info)!;
        File.WriteAllText(_file, string.Create(CultureInfo.InvariantCulture, $"{process.Id} {StartTime(process.Id)}"));
        return process.Id;
    }

    /// <summary>Ends the process: asks first, kills when it does not comply. False where none ran.</summary>
    public async Task<bool> StopAsync(CancellationToken cancellationToken)
    {
        if (RunningId is not { } id)
            return false;
        _ = Kill(id, Terminate);
        var began = time.GetTimestamp();
        while (RunningId == id)
        {
            if (time.GetElapsedTime(began) > StopGrace)
                _ = Kill(id, KillNow);
            await Task.Delay(ExitCheck, time, cancellationToken);
        }

        File.Delete(_file);
        return true;
    }

    /// <summary>The last lines of the log.</summary>
    public IEnumerable<string> LastLines(int count) => File.Exists(LogFile) ? File.ReadLines(LogFile).TakeLast(count) : [];

    private static string? StartTime(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            // The name stands in parentheses and may hold spaces; fields are counted behind it. A zombie has ended.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? null : fields[StartTimeField];
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
