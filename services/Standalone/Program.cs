await Platform.Standalone.StandaloneProgram.RunAsync(args);
