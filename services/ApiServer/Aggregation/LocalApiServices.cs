using Platform.Api.ApiRegistration.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Aggregation;

/// <summary>
/// Shows what this server serves itself as APIServices without a service: one per version of a group. Those of built-in groups are made at start and
/// then an administrator's to change; those of custom
/// resources come and go with them.
/// </summary>
internal sealed class LocalApiServices(ResourceRegistry registry, IObjectReader reader, IObjectWriter writer, TimeProvider time)
{
    private const string Managed = "kube-aggregator.kubernetes.io/automanaged";
    private const string OnStart = "onstart";
    private const string Always = "true";
    private const string OwnGroup = "apiregistration.k8s.io";

    /// <summary>Makes those that are missing, of the built-in groups only where that is wanted, and deletes those of groups that are no longer served.</summary>
    public async Task WriteAsync(bool builtIn, CancellationToken cancellationToken)
    {
        var snapshot = registry.Current;
        var custom = snapshot.Custom.Select(d => (d.Group, d.Version)).ToHashSet();
        var own = snapshot.All.Select(d => (d.Group, d.Version)).Where(g => g.Group != OwnGroup && !custom.Contains(g)).ToHashSet();
        APIService[] wanted = [.. (builtIn ? own : []).Select(g => Local(g, OnStart)), .. custom.Select(g => Local(g, Always))];
        await Task.WhenAll(wanted.Select(s => EnsureAsync(s, cancellationToken)));
        foreach (var present in reader.List<APIService>())
        {
            var group = (present.Spec?.Group ?? "", present.Spec?.Version ?? "");
            if (present.Metadata.Labels?.GetValueOrDefault(Managed) is OnStart or Always && !own.Contains(group) && !custom.Contains(group))
                await writer.DeleteAsync<APIService>(null, present.Metadata.Name!, cancellationToken);
        }
    }

    private async Task EnsureAsync(APIService service, CancellationToken cancellationToken)
    {
        var name = service.Metadata.Name!;
        await writer.EnsureAsync(service, cancellationToken);
        var condition = AvailabilityCheck.Condition(true, "Local", "Local APIServices are always available");
        await writer.UpdateStatusAsync<APIService>(
            null, name, present => present.Spec?.Service is null ? AvailabilityController.With(present, condition, time.GetUtcNow()) : null, cancellationToken);
    }

    private static APIService Local((string Group, string Version) of, string managed)
    {
        var (group, version) = GroupPriorities.Of(of.Group, of.Version);
        return new()
        {
            ApiVersion = "apiregistration.k8s.io/v1",
            Kind = "APIService",
            Metadata = new() { Name = $"{of.Version}.{of.Group}", Labels = new Dictionary<string, string> { [Managed] = managed } },
            Spec = new() { Group = of.Group, Version = of.Version, GroupPriorityMinimum = group, VersionPriority = version },
        };
    }
}
