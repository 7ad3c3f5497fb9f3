using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Rules.Core.Pods;

namespace Platform.ApiServer.Admission;

/// <summary>
/// Gives containers that do not say what they need the namespace's defaults, and refuses pods and claims outside of the namespace's bounds. Bounds are
/// checked after all defaults have been given, in the second pass.
/// </summary>
internal sealed class LimitRanger(IObjectReader reader) : IAdmissionPlugin
{
    private const string Note = "kubernetes.io/limit-ranger";
    private static readonly Dictionary<string, Quantity> None = [];

    private readonly NamespaceIndex<LimitRange> _ranges = new(reader);

    public string Name => "LimitRanger";

    public ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation == "CREATE" && request.Object is Pod { Spec: { } } pod && Concerns(request))
        {
            foreach (var range in _ranges.Of(request.Info.Namespace))
                Fill(pod, range);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (!Concerns(request))
            return ValueTask.CompletedTask;
        foreach (var range in _ranges.Of(request.Info.Namespace))
        {
            IReadOnlyList<string> findings = request.Object switch
            {
                Pod pod => [.. (range.Spec?.Limits ?? []).SelectMany(l => LimitBounds.OfPod(l, pod.Spec ?? new()))],
                PersistentVolumeClaim claim => [.. (range.Spec?.Limits ?? []).SelectMany(l => LimitBounds.OfClaim(l, claim.Spec ?? new()))],
                _ => [],
            };
            if (findings.Count == 0)
                continue;
            var distinct = findings.Distinct().ToList();
            throw ApiErrors.Forbidden(request.Info.Group, request.Info.Resource, request.Name,
                distinct.Count == 1 ? distinct[0] : $"[{string.Join(", ", distinct)}]");
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>A pod's containers are fixed once it exists, and an object that is going is left alone.</summary>
    private static bool Concerns(AdmissionRequest request) => request.Info.Subresource.Length == 0
        && (request.Operation, request.Object) is ("CREATE", Pod) or ("CREATE" or "UPDATE", PersistentVolumeClaim)
        && !(request.Operation == "UPDATE" && request.OldObject?.Metadata.DeletionTimestamp is not null);

    private static void Fill(Pod pod, LimitRange range)
    {
        var containers = (range.Spec?.Limits ?? []).Where(l => l.Type == "Container").ToList();
        var (limits, requests) = (Merge(containers.Select(l => l.Default)), Merge(containers.Select(l => l.DefaultRequest)));
        if (limits.Count == 0 && requests.Count == 0)
            return;
        var notes = new List<string>();
        var spec = pod.Spec!;
        pod.Spec = spec with
        {
            Containers = Fill(spec.Containers, "container", limits, requests, notes),
            InitContainers = Fill(spec.InitContainers, "init container", limits, requests, notes),
        };
        if (notes.Count == 0)
            return;
        // The class of service was computed from what the client gave.
        if (pod.Status is { } status)
            pod.Status = status with { QosClass = PodQos.Of(pod.Spec) };
        var annotations = new Dictionary<string, string>(pod.Metadata.Annotations ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        var before = annotations.GetValueOrDefault(Note);
        annotations[Note] = (before is null ? "LimitRanger plugin set: " : before + "; ") + string.Join("; ", notes);
        pod.Metadata.Annotations = annotations;
    }

    private static IReadOnlyList<Container>? Fill(IReadOnlyList<Container>? containers, string what, Dictionary<string, Quantity> limits,
        Dictionary<string, Quantity> requests, List<string> notes) => containers is null ? null :
    [
        .. containers.Select(container =>
        {
            var resources = container.Resources ?? new();
            var (allLimits, newLimits) = With(resources.Limits, limits);
            var (allRequests, newRequests) = With(resources.Requests, requests);
            if (newRequests.Count > 0)
                notes.Add($"{string.Join(", ", newRequests)} request for {what} {container.Name}");
            if (newLimits.Count > 0)
                notes.Add($"{string.Join(", ", newLimits)} limit for {what} {container.Name}");
            return newLimits.Count + newRequests.Count == 0 ? container
                : container with { Resources = resources with { Limits = allLimits, Requests = allRequests } };
        }),
    ];

    private static (IReadOnlyDictionary<string, Quantity>? All, IReadOnlyList<string> New) With(
        IReadOnlyDictionary<string, Quantity>? present, Dictionary<string, Quantity> defaults)
    {
        string[] added = [.. defaults.Keys.Where(k => present?.ContainsKey(k) != true).Order(StringComparer.Ordinal)];
        if (added.Length == 0)
            return (present, added);
        var all = new Dictionary<string, Quantity>(present ?? None, StringComparer.Ordinal);
        foreach (var name in added)
            all[name] = defaults[name];
        return (all, added);
    }

    private static Dictionary<string, Quantity> Merge(IEnumerable<IReadOnlyDictionary<string, Quantity>?> lists)
    {
        var all = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        foreach (var (name, amount) in lists.SelectMany(l => l ?? None))
            all[name] = amount;
        return all;
    }
}
