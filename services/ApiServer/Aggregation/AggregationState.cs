using System.Collections.Concurrent;
using System.Collections.Frozen;
using Platform.Api.ApiRegistration.V1;
using Platform.ApiServer.Proxying;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Aggregation;

/// <summary>
/// The APIServices, compiled when one changes, and what their servers were last heard to serve. To ask whether something has changed is to read two counters.
/// </summary>
internal sealed class AggregationState(IObjectReader reader)
{
    public const string Available = "Available";

    private const int HttpsPort = 443;

    private readonly ConcurrentDictionary<(string Group, string Version), ForeignDiscovery> _heard = new();
    private Compiled? _compiled;
    private long _heardVersion;

    public ForeignApis Current
    {
        get
        {
            var known = Volatile.Read(ref _compiled);
            var (services, heard) = (reader.VersionOf<APIService>(), Volatile.Read(ref _heardVersion));
            if (known is not null && known.Services == services && known.Heard == heard)
                return known.Apis;
            var apis = Compile();
            Volatile.Write(ref _compiled, new(services, heard, apis));
            return apis;
        }
    }

    /// <summary>Takes note of what a server serves; of a failed check with <see cref="ForeignDiscovery.IsCurrent"/> off, and what was known before.</summary>
    public void Hear(string group, string version, ForeignDiscovery discovery)
    {
        _heard[(group, version)] = discovery;
        Interlocked.Increment(ref _heardVersion);
    }

    public ForeignDiscovery Heard(string group, string version) => _heard.GetValueOrDefault((group, version)) ?? ForeignDiscovery.Unknown;

    public static BackendTarget TargetOf(APIServiceSpec spec) =>
        BackendTarget.OfService(spec.Service?.Namespace ?? "", spec.Service?.Name ?? "", spec.Service?.Port ?? HttpsPort, spec.CaBundle) with
        {
            SkipsVerification = spec.InsecureSkipTLSVerify == true,
            IsFrontProxy = true,
        };

    private ForeignApis Compile()
    {
        var services = reader.List<APIService>();
        ForeignVersion[] foreign =
        [
            .. services.Where(s => s.Spec is { Service: not null, Group.Length: > 0, Version.Length: > 0 }).Select(s =>
                new ForeignVersion(s.Spec!.Group!, s.Spec.Version!, TargetOf(s.Spec), IsAvailable(s)) { Discovery = Heard(s.Spec.Group!, s.Spec.Version!) }),
        ];
        foreach (var gone in _heard.Keys.Except(foreign.Select(f => (f.Group, f.Version))))
            _heard.TryRemove(gone, out _);
        return new(
            [.. foreign.DistinctBy(f => (f.Group, f.Version))],
            services.DistinctBy(s => (s.Spec?.Group ?? "", s.Spec?.Version ?? ""))
                .ToFrozenDictionary(s => (s.Spec?.Group ?? "", s.Spec?.Version ?? ""), GroupPriorities.Of));
    }

    private static bool IsAvailable(APIService service) => service.Status?.Conditions?.Any(c => c.Type == Available && c.Status == "True") == true;

    private sealed record Compiled(long Services, long Heard, ForeignApis Apis);
}
