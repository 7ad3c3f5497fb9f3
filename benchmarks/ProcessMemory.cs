using System.Globalization;

namespace Platform.Benchmarks;

/// <summary>What the kernel says of a process' memory.</summary>
internal static class ProcessMemory
{
    public static double ResidentMegabytes(int process) => Megabytes(process, "VmRSS:");

    public static double PeakMegabytes(int process) => Megabytes(process, "VmHWM:");

    private static double Megabytes(int process, string line) =>
        double.Parse(File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith(line, StringComparison.Ordinal)).Split(' ',
            StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
}
