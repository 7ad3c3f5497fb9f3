using System.Text;
using Platform.Api;
using Platform.Api.Core.V1;
using Platform.NodeAgent.Volumes;

namespace Platform.NodeAgent.Pods;

/// <summary>Something that a container refers to is not there or not as it should be; shown as <c>CreateContainerConfigError</c>.</summary>
internal sealed class ContainerConfigException(string message) : Exception(message);

/// <summary>What environment values can be taken from.</summary>
internal sealed record EnvironmentSources
{
    public required Pod Pod { get; init; }

    public required string HostIp { get; init; }

    public IReadOnlyList<string> PodIps { get; init; } = [];

    public IEnumerable<Service> Services { get; init; } = [];

    public required IReferencedObjects Objects { get; init; }

    /// <summary>What the node offers to pods.</summary>
    public IReadOnlyDictionary<string, Quantity> Allocatable { get; init; } = new Dictionary<string, Quantity>();
}

/// <summary>
/// Builds a container's environment. Later sources win over earlier ones: services, then <c>envFrom</c> in order, then <c>env</c> in order,
/// where a value may use <c>$(NAME)</c> of anything before it.
/// </summary>
internal static class EnvironmentBuilder
{
    public static async Task<IReadOnlyList<KeyValuePair<string, string>>> BuildAsync(
        Container container, EnvironmentSources sources, CancellationToken cancellationToken)
    {
        var ns = sources.Pod.Metadata.Namespace!;
        var services = ServiceEnvironment.Of(sources.Services, ns, sources.Pod.Spec!.EnableServiceLinks ?? true)
            .GroupBy(e => e.Key).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal);
        var result = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in container.EnvFrom ?? [])
            await AddAllAsync(result, source, ns, sources.Objects, cancellationToken);
        foreach (var variable in container.Env ?? [])
        {
            var value = variable.ValueFrom is null
                ? VariableExpansion.Expand(variable.Value ?? "", name => result.TryGetValue(name, out var known) ? known : services.GetValueOrDefault(name))
                : await ValueAsync(variable.ValueFrom, container, ns, sources, cancellationToken);
            if (value is not null)
                result[variable.Name!] = value;
        }

        foreach (var (name, value) in services)
            result.TryAdd(name, value);
        return [.. result];
    }

    private static async Task AddAllAsync(
        OrderedDictionary<string, string> result, EnvFromSource source, string ns, IReferencedObjects objects, CancellationToken cancellationToken)
    {
        if (source.ConfigMapRef is { } configMapRef)
        {
            var configMap = await objects.ConfigMapAsync(ns, configMapRef.Name ?? "", cancellationToken);
            if (configMap is null && configMapRef.Optional != true)
                throw new ContainerConfigException($"configmap \"{configMapRef.Name}\" not found");
            foreach (var (key, value) in configMap?.Data ?? new Dictionary<string, string>())
                result[source.Prefix + key] = value;
        }
        else if (source.SecretRef is { } secretRef)
        {
            var secret = await objects.SecretAsync(ns, secretRef.Name ?? "", cancellationToken);
            if (secret is null && secretRef.Optional != true)
                throw new ContainerConfigException($"secret \"{secretRef.Name}\" not found");
            foreach (var (key, value) in secret?.Data ?? new Dictionary<string, byte[]>())
                result[source.Prefix + key] = Encoding.UTF8.GetString(value);
        }
    }

    private static async Task<string?> ValueAsync(
        EnvVarSource source, Container container, string ns, EnvironmentSources sources, CancellationToken cancellationToken)
    {
        try
        {
            if (source.FieldRef is { } field)
                return FieldReferences.Field(sources.Pod, field.FieldPath ?? "", sources.HostIp, sources.PodIps.FirstOrDefault(), sources.PodIps);
            if (source.ResourceFieldRef is { } resource)
                return FieldReferences.Resource(sources.Pod.Spec!, container.Name!, resource, sources.Allocatable);
        }
        catch (FormatException e)
        {
            throw new ContainerConfigException(e.Message);
        }

        if (source.ConfigMapKeyRef is { } configMapKey)
        {
            var configMap = await sources.Objects.ConfigMapAsync(ns, configMapKey.Name ?? "", cancellationToken);
            return configMap?.Data?.GetValueOrDefault(configMapKey.Key ?? "")
                ?? Missing(configMapKey.Optional, configMap is null, "configmap", "ConfigMap", configMapKey.Name, configMapKey.Key, ns);
        }

        if (source.SecretKeyRef is { } secretKey)
        {
            var secret = await sources.Objects.SecretAsync(ns, secretKey.Name ?? "", cancellationToken);
            return secret?.Data?.GetValueOrDefault(secretKey.Key ?? "") is { } value
                ? Encoding.UTF8.GetString(value)
                : Missing(secretKey.Optional, secret is null, "secret", "Secret", secretKey.Name, secretKey.Key, ns);
        }

        return "";
    }

    private static string? Missing(bool? optional, bool noObject, string resource, string kind, string? name, string? key, string ns)
    {
        if (optional == true)
            return null;
        throw new ContainerConfigException(noObject
            ? $"{resource} \"{name}\" not found"
            : $"couldn't find key {key} in {kind} {ns}/{name}");
    }
}
