using Platform.ControllerManager;
using Platform.ServiceDefaults;

await ServiceProgram.RunAsync(args, "controller-manager", builder => builder.AddControllerManager());
