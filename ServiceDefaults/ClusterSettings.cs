using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Platform.ServiceDefaults;

/// <summary>
/// What tells one cluster on a machine from another: chosen once by <c>platform up</c>, kept in the data folder as
/// <c>cluster.json</c>, and the same for all services of the cluster. Properties with a default have setters, since the generated serializer gives
/// absent init-only ones no default.
/// </summary>
public sealed partial record ClusterSettings
{
    /// <summary>Eight hexadecimal digits, part of the name of everything the cluster makes on the host: nftables tables, bridges, cgroups, namespaces.</summary>
    public required string Id { get; init; }

    /// <summary>TLS port of the API server.</summary>
    public required int ApiPort { get; init; }

    /// <summary>TLS port of the node agent on this machine.</summary>
    public int AgentPort { get; set; } = 10250;

    /// <summary>Port on the loopback address for etcd's clients, where this machine runs its own etcd; the next one is for its peers.</summary>
    public int EtcdPort { get; set; } = 2379;

    /// <summary>Engine that keeps the cluster's state: <c>sqlite</c>, <c>etcd</c> or <c>memory</c>. Fixed at first start.</summary>
    public string Store { get; set; } = "sqlite";

    /// <summary>Range from which nodes get their pod ranges, such as <c>10.64.0.0/16</c>.</summary>
    public required string PodCidr { get; init; }

    /// <summary>Range of cluster IPs, such as <c>10.128.0.0/16</c>. The first address is the API server's.</summary>
    public required string ServiceCidr { get; init; }

    /// <summary>First and last port for NodePort services.</summary>
    public int NodePortFirst { get; set; } = 30000;

    /// <inheritdoc cref="NodePortFirst"/>
    public int NodePortLast { get; set; } = 32767;

    /// <summary>DNS suffix of services.</summary>
    public string ClusterDomain { get; set; } = "cluster.local";

    /// <summary>Cluster IP of the API server: the first address of the service range.</summary>
    [JsonIgnore]
    public IPAddress ApiServiceAddress
    {
        get
        {
            var bytes = IPNetwork.Parse(ServiceCidr).BaseAddress.GetAddressBytes();
            bytes[^1]++;
            return new(bytes);
        }
    }

    /// <summary>Reads <c>cluster.json</c> of a data folder.</summary>
    /// <exception cref="InvalidDataException">The file is damaged; the message says what a user can do.</exception>
    public static ClusterSettings Load(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, "cluster.json");
        try
        {
            var settings = JsonSerializer.Deserialize(File.ReadAllBytes(path), SettingsJson.Default.ClusterSettings) ?? throw new JsonException("it is empty");
            if (settings.Id is not { Length: > 0 } || !IPNetwork.TryParse(settings.PodCidr, out _) || !IPNetwork.TryParse(settings.ServiceCidr, out _))
                throw new JsonException("the cluster's id or address ranges are not valid");
            return settings;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"{path} is damaged ({e.Message}); put back a copy of it, or begin anew: ./platform reset --data {dataDirectory}", e);
        }
    }

    /// <summary>The cluster's id even out of a damaged <c>cluster.json</c>, so that what bears it can be removed; null where it is not to be found.</summary>
    public static string? FindId(string dataDirectory)
    {
        var match = IdMember().Match(File.ReadAllText(Path.Combine(dataDirectory, "cluster.json")));
        return match.Success ? match.Groups[1].Value : null;
    }

    [GeneratedRegex("\"id\"\\s*:\\s*\"([0-9a-f]{8})\"")]
    private static partial Regex IdMember();

    /// <summary>Writes <c>cluster.json</c> so that a crash leaves the old or the new one.</summary>
    public void Save(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, "cluster.json");
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(this, SettingsJson.Default.ClusterSettings));
        File.Move(path + ".new", path, overwrite: true);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ClusterSettings))]
internal sealed partial class SettingsJson : JsonSerializerContext;
