using Microsoft.Extensions.Hosting;
using Platform.ServiceDefaults;
using Platform.ServiceProxy;

var builder = Host.CreateApplicationBuilder(args);
builder.AddServiceDefaults("service-proxy");
builder.AddServiceProxy();
await builder.Build().RunAsync();
