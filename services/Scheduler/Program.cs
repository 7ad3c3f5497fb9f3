using Microsoft.Extensions.Hosting;
using Platform.Scheduler;
using Platform.ServiceDefaults;

var builder = Host.CreateApplicationBuilder(args);
builder.Configuration["Platform:LeaderElect"] ??= "true"; // A process of its own may have a twin on another machine.
builder.AddServiceDefaults("scheduler");
builder.AddScheduler();
await builder.Build().RunAsync();
