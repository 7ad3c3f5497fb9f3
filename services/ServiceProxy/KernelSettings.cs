namespace Platform.ServiceProxy;

/// <summary>The kernel settings without which services cannot work: forwarding, and rules for what one bridge port sends to another.</summary>
internal sealed class KernelSettings(string root = "/proc/sys")
{
    /// <summary>Settings by file. The bridge's are there only while its netfilter module is; a bridge without it needs none.</summary>
    private static readonly string[] Needed = ["net/ipv4/ip_forward", "net/bridge/bridge-nf-call-iptables"];

    /// <summary>Sets what is not set, and says so.</summary>
    public void Apply(ILogger logger)
    {
        foreach (var name in Needed)
        {
            var path = Path.Combine(root, name);
            if (!File.Exists(path) || File.ReadAllText(path).Trim() == "1")
                continue;
            try
            {
                File.WriteAllText(path, "1");
                logger.LogInformation("Set the kernel setting {Setting} to 1, which services need", name.Replace('/', '.'));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                logger.LogWarning("The kernel setting {Setting} must be 1 for services to work, but cannot be set: {Reason}",
                    name.Replace('/', '.'), failure.Message);
            }
        }
    }
}
