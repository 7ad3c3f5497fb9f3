using Platform.Scheduler;
using Platform.ServiceDefaults;

await ServiceProgram.RunAsync(args, "scheduler", builder => builder.AddScheduler());
