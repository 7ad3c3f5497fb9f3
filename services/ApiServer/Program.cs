using Platform.ApiServer;
using Platform.ServiceDefaults;

await ServiceProgram.RunAsync(args, "api-server", builder => builder.AddApiServer());
