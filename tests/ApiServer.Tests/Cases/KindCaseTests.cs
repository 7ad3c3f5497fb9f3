using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Platform.ApiServer.Admission.Policies.Checking;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Tests.Cases;

/// <summary>One server for all golden cases, with a clock that stands still so that ages are always <c>0s</c>.</summary>
public sealed class KindCaseServer : IAsyncLifetime
{
    private TestApiServer? _server;

    internal KindCaseRunner Runner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestApiServer.StartAsync(new()
        {
            Time = new TestClock(),
            // It writes in its own time, between the requests of a case.
            Configure = builder => builder.Services.Remove(builder.Services.First(s => s.ImplementationType == typeof(PolicyStatus))),
        });
        Runner = new(_server.ClientFor(ComponentIdentity.Administrator), _server.SettledAsync);
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>
/// Golden cases of kinds: <c>Cases/&lt;kind&gt;/&lt;case&gt;/input.yaml</c> is a list of requests, <c>expected.yaml</c> what the real server answers. The input's
/// first comment cites the rule. With PLATFORM_RECORD=1 the answers are written into the source folder instead, to be read before they are kept.
/// </summary>
public sealed class KindCaseTests(KindCaseServer server) : IClassFixture<KindCaseServer>
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Cases");

    public static TheoryData<string> Cases() =>
    [
        .. Directory.GetFiles(Folder, "input.yaml", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Folder, Path.GetDirectoryName(f)!))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Server_answers_as_recorded(string name)
    {
        var input = await File.ReadAllTextAsync(Path.Combine(Folder, name, "input.yaml"), TestContext.Current.CancellationToken);
        input.ShouldStartWith("# ", customMessage: "the first line of a case cites its rule");
        var actual = await server.Runner.RunAsync(name.Replace('/', '-'), input);
        if (Environment.GetEnvironmentVariable("PLATFORM_RECORD") == "1")
        {
            await File.WriteAllTextAsync(Path.Combine(SourceFolder(), name, "expected.yaml"), actual, TestContext.Current.CancellationToken);
            return;
        }

        var expected = await File.ReadAllTextAsync(Path.Combine(Folder, name, "expected.yaml"), TestContext.Current.CancellationToken);
        actual.ShouldBe(expected);
    }

    private static string SourceFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
