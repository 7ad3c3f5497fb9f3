using System.Diagnostics;

namespace Platform.Clients.Tests;

/// <summary>One kubectl in a namespace of its own. Commands are lines whose words are separated by one space.</summary>
internal sealed class KubectlSession
{
    private readonly ClientFixture _fixture;
    private readonly string _program;

    private KubectlSession(ClientFixture fixture, string name, string purpose)
    {
        (_fixture, _program) = (fixture, ClientProgram.Need(name));
        Namespace = $"{purpose}-{name}";
        Folder = Directory.CreateDirectory(Path.Combine(fixture.Server.DataDirectory, Namespace)).FullName;
    }

    public string Namespace { get; }

    /// <summary>For its files.</summary>
    public string Folder { get; }

    /// <param name="name">The program; the test is skipped where there is none.</param>
    public static async Task<KubectlSession> OpenAsync(ClientFixture fixture, string name, string purpose)
    {
        var session = new KubectlSession(fixture, name, purpose);
        await session.RunAsync($"create namespace {session.Namespace}");
        return session;
    }

    public Task<string> RunAsync(string command) => _fixture.SucceedAsync(_program, Arguments(command));

    public Task<string> FailAsync(string command) => _fixture.FailAsync(_program, Arguments(command));

    public async Task<string> TypeAsync(string input, string command)
    {
        var (code, text) = await ClientProgram.RunAsync(_program, Arguments(command), _fixture.Environment, input);
        code.ShouldBe(0, text);
        return text;
    }

    /// <summary>Starts a command that goes on until it is killed, and gives its first line.</summary>
    public async Task<(Process Process, string Line)> StartAsync(string command, CancellationToken cancellationToken)
    {
        var info = new ProcessStartInfo(_program, Arguments(command)) { RedirectStandardOutput = true };
        foreach (var (key, value) in _fixture.Environment)
            info.Environment[key] = value;
        var process = Process.Start(info)!;
        return (process, await process.StandardOutput.ReadLineAsync(cancellationToken) ?? "");
    }

    public async Task<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }

    private string[] Arguments(string command) => ["-n", Namespace, .. command.Split(' ')];
}
