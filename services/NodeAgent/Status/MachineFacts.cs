using System.Globalization;
using System.Runtime.InteropServices;
using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Images;

namespace Platform.NodeAgent.Status;

/// <summary>What the machine is and has, for the node's status.</summary>
internal sealed record MachineFacts(int Cpus, long MemoryBytes, long DiskBytes, NodeSystemInfo Info)
{
    /// <summary>Part of the disk that pods may use: the rest is the threshold below which upstream evicts.</summary>
    private const double AllocatableDisk = 0.9;

    /// <summary>Memory kept back, as upstream's eviction threshold does.</summary>
    private const long ReservedMemoryBytes = 100L << 20;

    /// <summary>Version that is reported as the kubelet's.</summary>
    public const string KubeletVersion = "v1.32.0-platform";

    public static MachineFacts Read(string folder, string runtimeVersion)
    {
        var memory = ReadLines("/proc/meminfo").FirstOrDefault(l => l.StartsWith("MemTotal:", StringComparison.Ordinal));
        var kilobytes = memory is null ? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1024
            : long.Parse(memory.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        Directory.CreateDirectory(folder);
        return new(Environment.ProcessorCount, kilobytes * 1024, new DriveInfo(folder).TotalSize, new()
        {
            MachineID = ReadText("/etc/machine-id"),
            SystemUUID = ReadText("/sys/class/dmi/id/product_uuid"),
            BootID = ReadText("/proc/sys/kernel/random/boot_id"),
            KernelVersion = ReadText("/proc/sys/kernel/osrelease"),
            OsImage = ReadLines("/etc/os-release").FirstOrDefault(l => l.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))?["PRETTY_NAME=".Length..].Trim('"')
                ?? RuntimeInformation.OSDescription,
            ContainerRuntimeVersion = runtimeVersion,
            KubeletVersion = KubeletVersion,
            KubeProxyVersion = "",
            OperatingSystem = "linux",
            Architecture = ImageName.HostArchitecture,
        });
    }

    public IReadOnlyDictionary<string, Quantity> Capacity(int maxPods) => new Dictionary<string, Quantity>
    {
        ["cpu"] = new(Cpus),
        ["memory"] = Kibibytes(MemoryBytes),
        ["ephemeral-storage"] = Kibibytes(DiskBytes),
        ["pods"] = new(maxPods),
    };

    public IReadOnlyDictionary<string, Quantity> Allocatable(int maxPods) => new Dictionary<string, Quantity>
    {
        ["cpu"] = new(Cpus),
        ["memory"] = Kibibytes(Math.Max(MemoryBytes - ReservedMemoryBytes, 0)),
        ["ephemeral-storage"] = new((long)(DiskBytes * AllocatableDisk)),
        ["pods"] = new(maxPods),
    };

    private static Quantity Kibibytes(long bytes) => new((bytes / 1024).ToString(CultureInfo.InvariantCulture) + "Ki");

    private static string ReadText(string path) => ReadLines(path).FirstOrDefault() ?? "";

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // not every machine shows these
        }
    }
}
