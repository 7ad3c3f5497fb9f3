using System.Globalization;

namespace Platform.Benchmarks;

/// <summary>What the idle all-in-one costs a minute after its start: resident memory, and processor time during that minute.</summary>
internal static class MemoryBenchmark
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    public static async Task RunAsync(BenchmarkCluster cluster)
    {
        var id = cluster.ProcessId;
        var before = ProcessorSeconds(id);
        await Task.Delay(Idle, TimeProvider.System);
        var share = (ProcessorSeconds(id) - before) / Idle.TotalSeconds;
        Report.Line("idle, all services in one process", $"{ProcessMemory.ResidentMegabytes(id):0} MB resident, {100 * share:0.0} % of a core");
    }

    private static double ProcessorSeconds(int id)
    {
        const double TicksPerSecond = 100;
        var fields = File.ReadAllText($"/proc/{id}/stat").Split(") ")[1].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
