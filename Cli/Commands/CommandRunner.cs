using System.CommandLine;

namespace Platform.Cli.Commands;

/// <summary>Turns what goes wrong in a command into one sentence on standard error and an exit code, never a stack trace.</summary>
internal static class CommandRunner
{
    public static void Does(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await action(parsed, cancellationToken);
            }
            catch (Exception failure) when (failure is InvalidOperationException or InvalidDataException or IOException
                or UnauthorizedAccessException or HttpRequestException or Api.Errors.ApiException or TimeoutException)
            {
                await Console.Error.WriteLineAsync($"platform: {failure.Message}");
                return 1;
            }
        });
}
