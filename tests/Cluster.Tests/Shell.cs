using System.Diagnostics;

namespace Platform.Cluster.Tests;

/// <summary>What a program printed, and how it ended.</summary>
public sealed record ShellResult(int ExitCode, string Output, string Errors)
{
    public string All => Output + Errors;

    /// <summary>The output of a program that must have succeeded.</summary>
    public string Succeeded(string what)
    {
        ExitCode.ShouldBe(0, $"{what}\n{All}");
        return Output;
    }
}

/// <summary>Runs programs as a user would, bounded in time; what does not end is killed by its id.</summary>
public static class Shell
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<ShellResult> RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var info = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = Checkout.Root };
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            info.Environment[key] = value;
        using var process = Process.Start(info)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', info.ArgumentList)} did not end within {Patience}");
        }

        return new(process.ExitCode, await output, await errors);
    }
}
