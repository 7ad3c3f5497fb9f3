using System.Globalization;

namespace Platform.Benchmarks;

/// <summary>One line per figure.</summary>
internal static class Report
{
    public static void Line(string name, FormattableString figure) =>
        Console.WriteLine($"{name,-34} {figure.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The value below which the given share of the samples lies.</summary>
    public static double Percentile(IEnumerable<double> samples, double share)
    {
        var sorted = samples.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
    }
}
