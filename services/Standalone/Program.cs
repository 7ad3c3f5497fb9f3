using Platform.ApiServer;
using Platform.ControllerManager;
using Platform.NodeAgent;
using Platform.Scheduler;
using Platform.ServiceDefaults;
using Platform.ServiceProxy;

// Every service in one process. A node runs where one is named; otherwise this is a control plane alone.
await ServiceProgram.RunAsync(args, "platform", builder =>
{
    builder.AddApiServer();
    builder.AddControllerManager();
    builder.AddScheduler();
    if (builder.Configuration["Platform:Node:Name"] is not { Length: > 0 })
        return;
    builder.AddNodeAgent();
    builder.AddServiceProxy();
});
