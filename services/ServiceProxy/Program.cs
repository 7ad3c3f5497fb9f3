using Platform.ServiceDefaults;
using Platform.ServiceProxy;

await ServiceProgram.RunAsync(args, "service-proxy", builder => builder.AddServiceProxy());
