using System.ComponentModel;
using System.Diagnostics;

namespace Platform.ServiceProxy.Nftables;

/// <summary>Runs <c>nft</c>.</summary>
/// <param name="clock">Clock for the time limit.</param>
/// <param name="prefix">What to put before the program, such as <c>ip netns exec …</c>; usually nothing.</param>
internal sealed class NftCommand(TimeProvider clock, params IReadOnlyList<string> prefix)
{
    /// <summary>How long one transaction may take.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    /// <summary>Why rules cannot be loaded here; null where they can.</summary>
    public async Task<string?> UnusableAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
            return "this is not Linux";
        if (!Environment.IsPrivilegedProcess)
            return "changing the kernel's packet rules needs root";
        try
        {
            await RunAsync(["list", "tables"], "", cancellationToken);
            return null;
        }
        catch (Win32Exception)
        {
            return "the program nft is not installed";
        }
        catch (NftException failure)
        {
            return failure.Message;
        }
    }

    /// <summary>Applies a script as one transaction.</summary>
    /// <exception cref="NftException">The kernel or nft refused it; nothing was changed.</exception>
    public Task LoadAsync(string script, CancellationToken cancellationToken) => RunAsync(["-f", "-"], script, cancellationToken);

    /// <summary>Runs nft to its end.</summary>
    /// <returns>Its standard output.</returns>
    public async Task<string> RunAsync(IEnumerable<string> arguments, string input, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var process = Start(arguments);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var errors = process.StandardError.ReadToEndAsync(either.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), either.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0 ? await output : throw new NftException($"nft failed: {(await errors).Trim()}");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new NftException($"nft did not end within {TimeLimit.TotalSeconds:0} s");
        }
        catch (IOException failure)
        {
            await process.WaitForExitAsync(CancellationToken.None);
            throw new NftException($"nft ended before it had read its input: {failure.Message}");
        }
    }

    /// <summary>
    /// Starts nft so that the kernel ends it with the thread that called: what is to run until it is stopped must not outlive a proxy that was killed.
    /// </summary>
    public Process StartTied(IEnumerable<string> arguments)
    {
        try
        {
            return StartProgram(["setpriv", "--pdeathsig", "KILL", "nft", .. arguments]);
        }
        catch (Win32Exception)
        {
            // A system without util-linux: there it stays until the next change of the rules tells it that nobody listens.
            return Start(arguments);
        }
    }

    private Process Start(IEnumerable<string> arguments) => StartProgram(["nft", .. arguments]);

    private Process StartProgram(IEnumerable<string> program)
    {
        string[] line = [.. prefix, .. program];
        return Process.Start(new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
    }
}

/// <summary>nft refused a script.</summary>
internal sealed class NftException(string message) : Exception(message);
