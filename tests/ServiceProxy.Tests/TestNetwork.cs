using System.Diagnostics;

namespace Platform.ServiceProxy.Tests;

/// <summary>
/// A node in network namespaces of its own: a bridge with hairpin as CNI makes it, some pods on it, and a machine outside the pod range.
/// Pods are at 10.64.0.2 and up, the node at 10.64.0.1 and 203.0.113.1, the outside at 203.0.113.2.
/// </summary>
internal sealed class TestNetwork : IDisposable
{
    private readonly List<string> _namespaces = [];
    private readonly List<Process> _servers = [];
    private readonly string _id = $"platform-{Guid.NewGuid().ToString("N")[..6]}";
    private readonly string _web = Directory.CreateTempSubdirectory("platform-web-").FullName;

    public TestNetwork(int pods)
    {
        Node = Add("n");
        In(Node, "ip link add br0 type bridge");
        In(Node, "ip addr add 10.64.0.1/24 dev br0");
        In(Node, "ip link set br0 up");
        In(Node, "sysctl -q -w net.ipv4.ip_forward=1");
        for (var i = 0; i < pods; i++)
        {
            var pod = Add($"p{i}");
            Connect(pod, $"10.64.0.{i + 2}/24", "10.64.0.1", $"veth{i}");
            In(Node, $"ip link set veth{i} master br0");
            In(Node, $"bridge link set dev veth{i} hairpin on");
        }

        Outside = Add("o");
        Connect(Outside, "203.0.113.2/24", "203.0.113.1", "out0");
        In(Node, "ip addr add 203.0.113.1/24 dev out0");
        In(Node, "ip route add default via 203.0.113.2");
    }

    public string Node { get; }

    public string Outside { get; }

    public static string? MissingReason() =>
        !OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess ? "network namespaces need root"
        : new[] { "ip", "bridge", "nft", "busybox", "curl", "sysctl" }.FirstOrDefault(program =>
            !Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)))) is { } missing
            ? $"{missing} is not installed" : null;

    public string Pod(int index) => $"{_id}-p{index}";

    /// <summary>Starts an HTTP server in a pod that answers with the pod's index, and waits until it does.</summary>
    public async Task ServeAsync(int pod)
    {
        var folder = Path.Combine(_web, $"{pod}");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), $"{pod}");
        _servers.Add(Process.Start("ip", $"netns exec {Pod(pod)} busybox httpd -f -p 8080 -h {folder}"));
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (await GetAsync(Pod(pod), "http://127.0.0.1:8080/") == $"{pod}")
                return;
        }

        throw new InvalidOperationException($"the server in pod {pod} does not answer");
    }

    /// <summary>The answer that a program in a namespace gets, or what went wrong.</summary>
    public static async Task<string> GetAsync(string ns, string url)
    {
        using var client = Process.Start(new ProcessStartInfo("ip", $"netns exec {ns} curl -sS -m 5 {url}")
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, error) = (client.StandardOutput.ReadToEndAsync(), client.StandardError.ReadToEndAsync());
        await client.WaitForExitAsync();
        return client.ExitCode == 0 ? (await output).Trim() : (await error).Trim();
    }

    public void Dispose()
    {
        foreach (var server in _servers)
        {
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
            server.Dispose();
        }

        foreach (var ns in _namespaces)
            Run($"netns delete {ns}");
        Directory.Delete(_web, recursive: true);
    }

    private static void Run(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"ip {arguments}: {error}");
    }

    private static void In(string ns, string command) => Run($"netns exec {ns} {command}");

    private string Add(string name)
    {
        var ns = $"{_id}-{name}";
        Run($"netns add {ns}");
        _namespaces.Add(ns);
        In(ns, "ip link set lo up");
        return ns;
    }

    private void Connect(string ns, string address, string gateway, string link)
    {
        In(ns, $"ip link add eth0 type veth peer name {link} netns {Node}");
        In(ns, $"ip addr add {address} dev eth0");
        In(ns, "ip link set eth0 up");
        In(Node, $"ip link set {link} up");
        In(ns, $"ip route add default via {gateway}");
    }
}
