using System.Text;
using Platform.Api;
using Platform.Api.Core.V1;
using Platform.NodeAgent.Pods;

namespace Platform.NodeAgent.Volumes;

/// <summary>What a volume's content is computed from, besides the volume itself.</summary>
internal sealed record VolumeSources(Pod Pod, string HostIp, IReadOnlyList<string> PodIps, IReferencedObjects Objects, ITokenSource Tokens,
    IReadOnlyDictionary<string, Quantity> Allocatable);

/// <summary>Gives tokens of service accounts, each as long as it is good.</summary>
internal interface ITokenSource
{
    Task<string> TokenAsync(Pod pod, ServiceAccountTokenProjection projection, CancellationToken cancellationToken);

    /// <summary>When the next of a pod's tokens is due to be replaced; null where it has none.</summary>
    DateTimeOffset? NextRefresh(string podUid);

    /// <summary>Forgets a pod's tokens.</summary>
    void Forget(string podUid);
}

/// <summary>Computes the files of the volumes that are made from API objects: ConfigMap, Secret, downward API, and projections of several.</summary>
internal static class VolumeContent
{
    private const int DefaultMode = 420; // 0644

    /// <summary>Whether the volume is one of these.</summary>
    public static bool IsMadeFromObjects(Volume volume) =>
        volume.ConfigMap is not null || volume.Secret is not null || volume.DownwardAPI is not null || volume.Projected is not null;

    /// <summary>Whether two versions of a pod look the same to a volume that shows the pod's own labels and annotations.</summary>
    public static bool ShowsSame(Pod left, Pod right) =>
        !(left.Spec!.Volumes ?? []).Any(v => v.DownwardAPI is not null || v.Projected?.Sources?.Any(s => s.DownwardAPI is not null) == true)
        || (SameEntries(left.Metadata.Labels, right.Metadata.Labels) && SameEntries(left.Metadata.Annotations, right.Metadata.Annotations));

    private static bool SameEntries(IReadOnlyDictionary<string, string>? left, IReadOnlyDictionary<string, string>? right) =>
        (left?.Count ?? 0) == (right?.Count ?? 0) && (left ?? new Dictionary<string, string>()).All(e => right!.TryGetValue(e.Key, out var value) && value == e.Value);

    /// <summary>The volume's files by relative path.</summary>
    /// <exception cref="VolumeException">An object or key that is not optional is missing.</exception>
    public static async Task<IReadOnlyDictionary<string, VolumeFile>> BuildAsync(Volume volume, VolumeSources sources, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, VolumeFile>(StringComparer.Ordinal);
        if (volume.ConfigMap is { } configMap)
            await AddConfigMapAsync(files, configMap.Name, configMap.Items, configMap.Optional, configMap.DefaultMode, sources, cancellationToken);
        else if (volume.Secret is { } secret)
            await AddSecretAsync(files, secret.SecretName, secret.Items, secret.Optional, secret.DefaultMode, sources, cancellationToken);
        else if (volume.DownwardAPI is { } downward)
            AddDownward(files, downward.Items, downward.DefaultMode, sources);
        foreach (var part in volume.Projected?.Sources ?? [])
            await AddProjectionAsync(files, part, volume.Projected!.DefaultMode, sources, cancellationToken);
        return files;
    }

    private static async Task AddProjectionAsync(
        Dictionary<string, VolumeFile> files, VolumeProjection part, int? mode, VolumeSources sources, CancellationToken cancellationToken)
    {
        if (part.ConfigMap is { } configMap)
            await AddConfigMapAsync(files, configMap.Name, configMap.Items, configMap.Optional, mode, sources, cancellationToken);
        else if (part.Secret is { } secret)
            await AddSecretAsync(files, secret.Name, secret.Items, secret.Optional, mode, sources, cancellationToken);
        else if (part.DownwardAPI is { } downward)
            AddDownward(files, downward.Items, mode, sources);
        else if (part.ServiceAccountToken is { } token)
            files[token.Path ?? ""] = new(Encoding.UTF8.GetBytes(await sources.Tokens.TokenAsync(sources.Pod, token, cancellationToken)), Mode(null, mode));
        else
            throw new VolumeException("a projected source is of a kind that this node does not know");
    }

    private static async Task AddConfigMapAsync(
        Dictionary<string, VolumeFile> files, string? name, IReadOnlyList<KeyToPath>? items, bool? optional, int? mode, VolumeSources sources, CancellationToken cancellationToken)
    {
        var configMap = await sources.Objects.ConfigMapAsync(sources.Pod.Metadata.Namespace!, name ?? "", cancellationToken);
        if (configMap is null && optional != true)
            throw new VolumeException($"configmap \"{name}\" not found");
        var data = (configMap?.Data ?? new Dictionary<string, string>()).ToDictionary(e => e.Key, e => Encoding.UTF8.GetBytes(e.Value));
        foreach (var (key, value) in configMap?.BinaryData ?? new Dictionary<string, byte[]>())
            data[key] = value;
        AddKeys(files, data, items, optional, mode, $"configmap references non-existent config key");
    }

    private static async Task AddSecretAsync(
        Dictionary<string, VolumeFile> files, string? name, IReadOnlyList<KeyToPath>? items, bool? optional, int? mode, VolumeSources sources, CancellationToken cancellationToken)
    {
        var secret = await sources.Objects.SecretAsync(sources.Pod.Metadata.Namespace!, name ?? "", cancellationToken);
        if (secret is null && optional != true)
            throw new VolumeException($"secret \"{name}\" not found");
        AddKeys(files, secret?.Data ?? new Dictionary<string, byte[]>(), items, optional, mode, $"references non-existent secret key");
    }

    private static void AddKeys(
        Dictionary<string, VolumeFile> files, IReadOnlyDictionary<string, byte[]> data, IReadOnlyList<KeyToPath>? items, bool? optional, int? mode, string complaint)
    {
        if (items is not { Count: > 0 })
        {
            foreach (var (key, value) in data)
                files[key] = new(value, Mode(null, mode));
            return;
        }

        foreach (var item in items)
        {
            if (data.TryGetValue(item.Key ?? "", out var value))
                files[item.Path ?? ""] = new(value, Mode(item.Mode, mode));
            else if (optional != true)
                throw new VolumeException($"{complaint}: {item.Key}");
        }
    }

    private static void AddDownward(Dictionary<string, VolumeFile> files, IReadOnlyList<DownwardAPIVolumeFile>? items, int? mode, VolumeSources sources)
    {
        foreach (var item in items ?? [])
        {
            try
            {
                var value = item.FieldRef is { } field
                    ? FieldReferences.Field(sources.Pod, field.FieldPath ?? "", sources.HostIp, sources.PodIps.FirstOrDefault(), sources.PodIps)
                    : FieldReferences.Resource(sources.Pod.Spec!, item.ResourceFieldRef?.ContainerName ?? "", item.ResourceFieldRef ?? new(), sources.Allocatable);
                files[item.Path ?? ""] = new(Encoding.UTF8.GetBytes(value), Mode(item.Mode, mode));
            }
            catch (FormatException e)
            {
                throw new VolumeException(e.Message, e);
            }
        }
    }

    private static UnixFileMode Mode(int? own, int? common) => (UnixFileMode)((own ?? common ?? DefaultMode) & 511);
}
