using System.Globalization;
using Platform.Api.Core.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.Admission.PodSecurity;

/// <summary>The levels of the Pod Security Standards, each stricter than the one before.</summary>
internal enum SecurityLevel
{
    Privileged,
    Baseline,
    Restricted,
}

/// <summary>A level at a version of Kubernetes, shown as <c>restricted:latest</c>.</summary>
internal readonly record struct LeveledVersion(SecurityLevel Level, string Version)
{
    public override string ToString() => $"{SecurityPolicy.Names[(int)Level]}:{Version}";
}

/// <summary>
/// What a namespace's labels <c>pod-security.kubernetes.io/…</c> ask for. All versions are judged by the rules of the present one: those of older
/// versions differ in a few fields that had not been there.
/// </summary>
internal sealed record SecurityPolicy(LeveledVersion Enforce, LeveledVersion Warn)
{
    public static readonly IReadOnlyList<string> Names = ["privileged", "baseline", "restricted"];

    private const string Prefix = "pod-security.kubernetes.io/";
    private const string Latest = "latest";

    private static readonly string[] Modes = ["enforce", "audit", "warn"];

    /// <summary>The policy. A level that cannot be read is enforced as the strictest, and warns of nothing.</summary>
    public static SecurityPolicy Of(Namespace? ns) => new(Read(ns, "enforce", SecurityLevel.Restricted), Read(ns, "warn", SecurityLevel.Privileged));

    /// <summary>What is wrong with the labels.</summary>
    public static IEnumerable<FieldError> Validate(Namespace ns)
    {
        foreach (var mode in Modes)
        {
            if (Label(ns, mode) is { } level && !Names.Contains(level))
                yield return FieldError.Invalid($"metadata.labels[{Prefix}{mode}]", level, $"must be one of {string.Join(", ", Names)}");
            if (Label(ns, mode + "-version") is { } version && !IsVersion(version))
                yield return FieldError.Invalid($"metadata.labels[{Prefix}{mode}-version]", version, "must be \"latest\" or \"v1.x\"");
        }
    }

    private static LeveledVersion Read(Namespace? ns, string mode, SecurityLevel unreadable)
    {
        if (Label(ns, mode) is not { } name)
            return new(SecurityLevel.Privileged, Latest);
        var version = Label(ns, mode + "-version") is { } given && IsVersion(given) ? given : Latest;
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i] == name)
                return new((SecurityLevel)i, version);
        }

        return new(unreadable, Latest);
    }

    private static string? Label(Namespace? ns, string name) => ns?.Metadata.Labels?.GetValueOrDefault(Prefix + name);

    private static bool IsVersion(string text) => text == Latest
        || (text.StartsWith("v1.", StringComparison.Ordinal) && int.TryParse(text.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out _));
}
