using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Platform.ServiceDefaults;

// Composition only: which services there are, where the state is kept, and who waits for whom.
var builder = DistributedApplication.CreateBuilder(args);
var configuration = builder.Configuration;
var data = Path.GetFullPath(configuration["Platform:Data"] ?? Path.Combine(builder.AppHostDirectory, "../.platform/apphost"));
var node = configuration["Platform:Node:Name"] ?? Environment.MachineName.ToLowerInvariant();
var settings = ClusterPreparation.Prepare(data, new(null, configuration["Platform:Store"], [node]), TimeProvider.System);

var api = Service("api-server", "../services/ApiServer/ApiServer.csproj")
    .WithHttpsEndpoint(targetPort: settings.ApiPort, name: "api", isProxied: false)
    .WithEnvironment("Platform__Store", settings.Store);
if (settings.Store == "etcd")
{
    var etcd = Etcd();
    api.WaitFor(etcd).WithEnvironment("Platform__Etcd__Endpoints", $"http://127.0.0.1:{settings.EtcdPort}");
}

Service("controller-manager", "../services/ControllerManager/ControllerManager.csproj").WithEnvironment("Platform__LeaderElect", "true").WaitFor(api);
Service("scheduler", "../services/Scheduler/Scheduler.csproj").WithEnvironment("Platform__LeaderElect", "true").WaitFor(api);
if (configuration["Platform:ControlPlaneOnly"] != "true")
{
    Service("node-agent", "../services/NodeAgent/NodeAgent.csproj")
        .WithEnvironment("Platform__Node__Name", node)
        .WithEnvironment("Platform__Node__Runtime", configuration["Platform:Node:Runtime"])
        .WithEnvironment("Platform__Node__Port", settings.AgentPort.ToString(CultureInfo.InvariantCulture))
        .WaitFor(api);
    Service("service-proxy", "../services/ServiceProxy/ServiceProxy.csproj").WithEnvironment("Platform__Node__Name", node).WaitFor(api);
}

builder.Build().Run();

IResourceBuilder<ProjectResource> Service(string name, string project) =>
    builder.AddProject(name, project)
        .WithEnvironment("Platform__Data", data)
        .WithHttpEndpoint(name: "health", env: "Platform__HealthPort", isProxied: false)
        .WithHttpHealthCheck("/health", endpointName: "health");

IResourceBuilder<ExecutableResource> Etcd()
{
    var peer = $"http://127.0.0.1:{settings.EtcdPort + 1}";
    var client = $"http://127.0.0.1:{settings.EtcdPort}";
    return builder.AddExecutable(
            "etcd", "etcd", data,
            "--name", "platform", "--data-dir", Path.Combine(data, "etcd"),
            "--listen-client-urls", client, "--advertise-client-urls", client,
            "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", $"platform={peer}",
            "--logger", "zap", "--log-level", "warn")
        .WithHttpEndpoint(targetPort: settings.EtcdPort, name: "client", isProxied: false)
        .WithHttpHealthCheck("/health", endpointName: "client");
}
