using System.Globalization;
using Platform.Api.Core.V1;

namespace Platform.NodeAgent.Volumes;

/// <summary>
/// Sets up, refreshes and gives back the volumes of a pod. Where a volume is on the host follows from pod and volume alone, so that nothing needs
/// to be remembered. Secrets and tokens are kept in memory file systems, never on disk.
/// </summary>
internal sealed class PodVolumes(NodeLayout layout, TimeProvider time)
{
    private const UnixFileMode SharedFolder = (UnixFileMode)511; // 0777, like upstream's emptyDir
    private const UnixFileMode ObjectFolder = (UnixFileMode)511;

    /// <summary>Sets up every volume; calling it again brings the content of those made from objects up to date.</summary>
    /// <exception cref="VolumeException">One of them cannot be set up now.</exception>
    public async Task SetUpAsync(VolumeSources sources, CancellationToken cancellationToken)
    {
        foreach (var volume in sources.Pod.Spec!.Volumes ?? [])
        {
            try
            {
                await SetUpAsync(volume, sources, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or VolumeException)
            {
                throw new VolumeException($"MountVolume.SetUp failed for volume \"{volume.Name}\" : {e.Message}", e) { Volume = volume.Name ?? "" };
            }
        }
    }

    /// <summary>Where a volume is on the host.</summary>
    public string PathOf(Pod pod, Volume volume)
    {
        if (volume.HostPath is { } hostPath)
            return hostPath.Path!;
        var plugin = volume switch
        {
            { EmptyDir: not null } => "kubernetes.io~empty-dir",
            { ConfigMap: not null } => "kubernetes.io~configmap",
            { Secret: not null } => "kubernetes.io~secret",
            { DownwardAPI: not null } => "kubernetes.io~downward-api",
            { Projected: not null } => "kubernetes.io~projected",
            _ => throw new VolumeException($"volume {volume.Name} is of a kind that this node cannot provide"),
        };
        return layout.Volume(pod.Metadata.Uid!, plugin, volume.Name!);
    }

    /// <summary>Whether a pod has volumes whose content follows API objects.</summary>
    public static bool HasObjects(PodSpec spec) => (spec.Volumes ?? []).Any(VolumeContent.IsMadeFromObjects);

    /// <summary>Unmounts and deletes the volumes of a pod.</summary>
    public void TearDown(string podUid)
    {
        foreach (var mount in PosixCalls.MountsBelow(layout.Pod(podUid)))
            PosixCalls.Unmount(mount);
        var folder = layout.Volumes(podUid);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private async Task SetUpAsync(Volume volume, VolumeSources sources, CancellationToken cancellationToken)
    {
        var path = PathOf(sources.Pod, volume);
        var group = sources.Pod.Spec!.SecurityContext?.FsGroup is { } gid ? (uint?)gid : null;
        if (volume.HostPath is { } hostPath)
        {
            HostPathCheck.Prepare(path, hostPath.Type);
        }
        else if (volume.EmptyDir is { } emptyDir)
        {
            SetUpEmptyDir(path, emptyDir, group);
        }
        else
        {
            var files = await VolumeContent.BuildAsync(volume, sources, cancellationToken);
            if (!Directory.Exists(path))
            {
                Directory.CreateDirectory(path);
                if (IsSecret(volume) && PosixCalls.IsRoot)
                    PosixCalls.MountTmpfs(path, "mode=0777");
                File.SetUnixFileMode(path, ObjectFolder);
            }

            AtomicDirectory.Write(path, files, group, time.GetUtcNow());
        }
    }

    private static bool IsSecret(Volume volume) =>
        volume.Secret is not null || volume.Projected?.Sources?.Any(s => s.Secret is not null || s.ServiceAccountToken is not null) == true;

    private static void SetUpEmptyDir(string path, EmptyDirVolumeSource emptyDir, uint? group)
    {
        if (Directory.Exists(path))
            return;
        Directory.CreateDirectory(path);
        if (emptyDir.Medium == "Memory")
        {
            if (!PosixCalls.IsRoot)
                throw new VolumeException("an emptyDir in memory needs root");
            var size = emptyDir.SizeLimit is { IsZero: false } limit ? $",size={limit.Value.ToString(CultureInfo.InvariantCulture)}" : "";
            PosixCalls.MountTmpfs(path, "mode=0777" + size);
        }

        if (group is { } gid && PosixCalls.IsRoot)
            PosixCalls.ChangeGroup(path, gid);
        File.SetUnixFileMode(path, group is null ? SharedFolder : SharedFolder | UnixFileMode.SetGroup);
    }
}
