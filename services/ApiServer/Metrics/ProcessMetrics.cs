using System.Diagnostics;
using System.Text;

namespace Platform.ApiServer.Metrics;

/// <summary>What the process uses, under the names that Prometheus' clients of all languages have for it.</summary>
internal static class ProcessMetrics
{
    private static readonly DateTime Started = Process.GetCurrentProcess().StartTime.ToUniversalTime();

    public static void Write(StringBuilder text)
    {
        PrometheusText.Single(text, "process_resident_memory_bytes", "Resident memory of the process.", Environment.WorkingSet);
        PrometheusText.Single(text, "process_managed_memory_bytes", "Memory of managed objects.", GC.GetTotalMemory(false));
        PrometheusText.Single(text, "process_cpu_seconds_total", "Processor time of the process.", Environment.CpuUsage.TotalTime.TotalSeconds, "counter");
        PrometheusText.Single(text, "process_start_time_seconds", "Start of the process, in seconds since 1970.", (Started - DateTime.UnixEpoch).TotalSeconds);
        PrometheusText.Single(text, "process_threads", "Threads of the pool.", ThreadPool.ThreadCount);
        if (Directory.Exists("/proc/self/fd"))
            PrometheusText.Single(text, "process_open_fds", "Open files and connections.", Directory.EnumerateFileSystemEntries("/proc/self/fd").Count());
    }
}
