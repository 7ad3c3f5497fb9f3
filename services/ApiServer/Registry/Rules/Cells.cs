using System.Globalization;
using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.ApiServer.Registry.Rules;

/// <summary>How values are shown in tables, as <c>kubectl get</c> prints them.</summary>
internal static class Cells
{
    /// <summary>Stands for nothing.</summary>
    public const string None = "<none>";

    public static readonly TableColumn Name = new("Name", Format: "name", Description: "Name of the object, unique among its kind in the namespace.");
    public static readonly TableColumn Age = new("Age", Description: "Time since the object was created.");

    private static readonly (string Mode, string Short)[] ShortModes =
        [("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"), ("ReadWriteOncePod", "RWOP")];

    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <summary>Time since an instant.</summary>
    public static string Since(DateTimeOffset? instant, DateTimeOffset now) => instant is { } then ? Duration(now - then) : "<unknown>";

    /// <summary>A duration with at most two units, coarser the longer it is.</summary>
    public static string Duration(TimeSpan duration)
    {
        if (duration < TimeSpan.FromSeconds(-1))
            return "<invalid>";
        if (duration < TimeSpan.Zero)
            return "0s";
        if (duration < TimeSpan.FromMinutes(2))
            return Text($"{(int)duration.TotalSeconds}s");
        if (duration < TimeSpan.FromMinutes(10))
            return Two((int)duration.TotalMinutes, "m", duration.Seconds, "s");
        if (duration < TimeSpan.FromHours(3))
            return Text($"{(int)duration.TotalMinutes}m");
        if (duration < TimeSpan.FromHours(8))
            return Two((int)duration.TotalHours, "h", duration.Minutes, "m");
        if (duration < TimeSpan.FromHours(48))
            return Text($"{(int)duration.TotalHours}h");
        if (duration < TimeSpan.FromDays(8))
            return Two(duration.Days, "d", duration.Hours, "h");
        if (duration < Year * 2)
            return Text($"{duration.Days}d");
        return duration < Year * 8
            ? Two(duration.Days / 365, "y", duration.Days % 365, "d")
            : Text($"{duration.Days / 365}y");
    }

    /// <summary>Labels as <c>a=b,c=d</c>.</summary>
    public static string Labels(IReadOnlyDictionary<string, string>? labels) =>
        labels is { Count: > 0 } ? string.Join(",", labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}")) : None;

    /// <summary>A selector as a query; the invalid one cannot be stored.</summary>
    public static string Selector(LabelSelector? selector)
    {
        if (selector is null)
            return "<unset>";
        var text = Platform.Api.Selectors.Selector.From(selector).ToString();
        return text.Length == 0 ? None : text;
    }

    /// <summary>A selector that may be left out.</summary>
    public static string OptionalSelector(LabelSelector? selector) => selector is null ? None : Selector(selector);

    /// <summary>An owner as <c>daemonset.apps/agent</c>.</summary>
    public static string Reference(OwnerReference owner)
    {
        var slash = owner.ApiVersion?.IndexOf('/') ?? -1;
        var group = slash > 0 ? "." + owner.ApiVersion![..slash] : "";
        return $"{owner.Kind?.ToLowerInvariant()}{group}/{owner.Name}";
    }

    /// <summary>Access modes of a volume or claim, in their short form.</summary>
    public static string AccessModes(IReadOnlyList<string>? modes) =>
        string.Join(",", ShortModes.Where(m => modes?.Contains(m.Mode) == true).Select(m => m.Short));

    /// <summary>Names of containers.</summary>
    public static string ContainerNames(PodSpec? spec) => string.Join(",", (spec?.Containers ?? []).Select(c => c.Name));

    /// <summary>Images of containers.</summary>
    public static string Images(PodSpec? spec) => string.Join(",", (spec?.Containers ?? []).Select(c => c.Image));

    /// <summary>The text, or <c>&lt;none&gt;</c>.</summary>
    public static string Or(string? text) => string.IsNullOrEmpty(text) ? None : text;

    private static string Two(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? Text($"{large}{largeUnit}") : Text($"{large}{largeUnit}{small}{smallUnit}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
