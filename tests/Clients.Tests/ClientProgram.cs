using System.Diagnostics;

namespace Platform.Clients.Tests;

/// <summary>Runs a program for a bounded time and ends it by its id where it takes longer.</summary>
internal static class ClientProgram
{
    /// <summary>A script that is copied beside the tests.</summary>
    public static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Scripts", name);

    /// <summary>The first of these programs that is there; null where none is.</summary>
    public static string? Find(params string[] names) => names
        .SelectMany(n => n.Contains('/', StringComparison.Ordinal) ? [n] : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(p => Path.Combine(p, n)))
        .FirstOrDefault(File.Exists);

    /// <summary>The program, or a skip of the test that needs it.</summary>
    public static string Need(string name)
    {
        var program = Find(name);
        Assert.SkipWhen(program is null, $"there is no {name}; ./platform test fetches it where it can be had");
        return program!;
    }

    public static Task<(int Code, string Output)> RunAsync(string program, params string[] arguments) => RunAsync(program, arguments, []);

    public static async Task<(int Code, string Output)> RunAsync(string program, string[] arguments, Dictionary<string, string> environment, string input = "")
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (key, value) in environment)
            info.Environment[key] = value;
        using var process = Process.Start(info)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Eventually.Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"{await output}{await errors}\nended after {Eventually.Patience}");
        }

        return (process.ExitCode, await output + await errors);
    }
}
