using System.Net;
using System.Text.Json.Nodes;

namespace Platform.NodeAgent.Network;

/// <summary>
/// The pods' network as a CNI configuration: a bridge of the cluster with the node's pod range, ports of the host by portmap, and loopback (which
/// the runtime adds itself). The file appears when the node's range is known, and with it the node becomes ready.
/// </summary>
internal static class CniNetwork
{
    private const string FileName = "10-platform.conflist";
    private const int BridgeNameLength = 15;

    /// <summary>Name of the cluster's bridge; a node beyond the first on a machine has its own network namespace.</summary>
    public static string BridgeName(string clusterId) => ("plt" + clusterId) is { Length: > BridgeNameLength } name ? name[..BridgeNameLength] : "plt" + clusterId;

    /// <param name="clusterId">Id of the cluster.</param>
    /// <param name="podCidr">The node's own range.</param>
    /// <param name="dataFolder">Where host-local keeps which addresses are taken.</param>
    public static string Render(string clusterId, string podCidr, string dataFolder)
    {
        var range = IPNetwork.Parse(podCidr);
        var bridge = new JsonObject
        {
            ["type"] = "bridge",
            ["bridge"] = BridgeName(clusterId),
            ["isGateway"] = true,
            ["hairpinMode"] = true,
            // Masquerading is done by the node's own rules: the plugin's would also hide pods from pods of other nodes.
            ["ipMasq"] = false,
            ["promiscMode"] = false,
            ["ipam"] = new JsonObject
            {
                ["type"] = "host-local",
                ["dataDir"] = dataFolder,
                ["ranges"] = new JsonArray(new JsonArray(new JsonObject { ["subnet"] = range.ToString() })),
                ["routes"] = new JsonArray(new JsonObject { ["dst"] = "0.0.0.0/0" }),
            },
        };
        var portmap = new JsonObject { ["type"] = "portmap", ["capabilities"] = new JsonObject { ["portMappings"] = true }, ["snat"] = true };
        return new JsonObject
        {
            ["cniVersion"] = "0.4.0",
            ["name"] = "platform-" + clusterId,
            ["plugins"] = new JsonArray(bridge, portmap),
        }.ToJsonString();
    }

    /// <summary>Writes the configuration where it differs from what is there.</summary>
    /// <returns>Whether something was written.</returns>
    public static bool Write(string folder, string content)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path) && File.ReadAllText(path) == content)
            return false;
        // Hidden until it is complete: the runtime watches the folder for names that end in .conflist.
        var draft = Path.Combine(folder, "." + FileName + ".new");
        File.WriteAllText(draft, content);
        File.Move(draft, path, overwrite: true);
        return true;
    }
}
