using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Platform.Api.Core.V1;
using Platform.Api.Discovery.V1;
using Platform.Api.Json;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Rules;
using Platform.ServiceDefaults;
using EndpointPort = Platform.Api.Core.V1.EndpointPort;
using SlicePort = Platform.Api.Discovery.V1.EndpointPort;

namespace Platform.ApiServer.Bootstrap;

/// <summary>
/// The service <c>kubernetes</c> in the namespace <c>default</c>, under which pods reach the API server. It has no selector: its endpoints are the
/// server's own address, which the server writes itself.
/// </summary>
internal sealed class KubernetesService(IObjectWriter writer, ClusterSettings settings)
{
    private const string Name = "kubernetes";
    private const string Ns = "default";
    private const int HttpsPort = 443;

    private static readonly Dictionary<string, string> Labels = new() { ["component"] = "apiserver", ["provider"] = "kubernetes" };

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        await writer.EnsureAsync(Service(), cancellationToken);
        if (settings.ApiPort == 0 || HostAddress() is not { } address)
            return;
        var endpoints = Endpoints(address.ToString());
        await writer.UpdateAsync<Endpoints>(
            Ns, Name, present => present is null ? endpoints : ApiJson.Same(present.Subsets, endpoints.Subsets) ? null
                : present with { Subsets = endpoints.Subsets }, cancellationToken);
        var slice = Slice(address.ToString());
        await writer.UpdateAsync<EndpointSlice>(
            Ns,
            Name,
            present => present is null ? slice
                : ApiJson.Same(present.Endpoints, slice.Endpoints) && ApiJson.Same(present.Ports, slice.Ports) ? null
                : present with { Endpoints = slice.Endpoints, Ports = slice.Ports },
            cancellationToken);
    }

    private Service Service() => new()
    {
        ApiVersion = "v1",
        Kind = "Service",
        Metadata = new() { Name = Name, Namespace = Ns, Labels = Labels },
        Spec = new()
        {
            Type = "ClusterIP",
            ClusterIP = settings.ApiServiceAddress.ToString(),
            ClusterIPs = [settings.ApiServiceAddress.ToString()],
            SessionAffinity = "None",
            Ports = [new() { Name = "https", Protocol = "TCP", Port = HttpsPort, TargetPort = settings.ApiPort }],
        },
    };

    private Endpoints Endpoints(string address) => new()
    {
        ApiVersion = "v1",
        Kind = "Endpoints",
        Metadata = new()
        {
            Name = Name,
            Namespace = Ns,
            Labels = new Dictionary<string, string> { ["endpointslice.kubernetes.io/skip-mirror"] = "true" },
        },
        Subsets = [new() { Addresses = [new() { Ip = address }], Ports = [new EndpointPort { Name = "https", Port = settings.ApiPort, Protocol = "TCP" }] }],
    };

    private EndpointSlice Slice(string address) => new()
    {
        ApiVersion = "discovery.k8s.io/v1",
        Kind = "EndpointSlice",
        Metadata = new()
        {
            Name = Name,
            Namespace = Ns,
            Labels = new Dictionary<string, string> { ["kubernetes.io/service-name"] = Name },
        },
        AddressType = "IPv4",
        Endpoints = [new() { Addresses = [address], Conditions = new() { Ready = true } }],
        Ports = [new SlicePort { Name = "https", Port = settings.ApiPort, Protocol = "TCP" }],
    };

    // The address from which this machine reaches others, else any that endpoints may have: pods must be able to reach it.
    private static IPAddress? HostAddress()
    {
        var own = NetworkInterface.GetAllNetworkInterfaces()
            .Where(i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .OrderByDescending(i => i.GetIPProperties().GatewayAddresses.Count)
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address)
            .Where(a => a.AddressFamily == AddressFamily.InterNetwork && !AddressFindings.NonSpecial(a.ToString(), "").Any());
        return own.FirstOrDefault();
    }
}
