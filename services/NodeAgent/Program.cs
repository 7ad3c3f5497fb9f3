using Platform.NodeAgent;
using Platform.ServiceDefaults;

await ServiceProgram.RunAsync(args, "node-agent", builder => builder.AddNodeAgent());
