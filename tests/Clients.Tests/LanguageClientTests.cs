using System.Globalization;

namespace Platform.Clients.Tests;

/// <summary>Clients of other languages, unmodified, against the real API server over TLS: discovery, lists, watches, every kind of patch, logs, exec.</summary>
public sealed class LanguageClientTests(ClientFixture fixture, ITestOutputHelper output) : IClassFixture<ClientFixture>
{
    private const string NodePackage = "@kubernetes/client-node@1.4.0";

    [Fact]
    public async Task Python_client_works()
    {
        var python = ClientProgram.Find("/usr/bin/python3");
        Assert.SkipWhen(python is null, "there is no /usr/bin/python3");
        Assert.SkipUnless((await ClientProgram.RunAsync(python!, "-c", "import kubernetes")).Code == 0, "Debian's python3-kubernetes is not installed");
        await SucceedsAsync(6, python!, ClientProgram.Script("client.py"), fixture.Kubeconfig);
    }

    [Fact]
    public async Task Ruby_client_works()
    {
        var ruby = ClientProgram.Find("ruby");
        Assert.SkipWhen(ruby is null, "there is no ruby");
        Assert.SkipUnless((await ClientProgram.RunAsync(ruby!, "-e", "require 'kubeclient'")).Code == 0, "Debian's ruby-kubeclient is not installed");
        await SucceedsAsync(5, ruby!, ClientProgram.Script("client.rb"), fixture.Kubeconfig);
    }

    [Fact]
    public async Task JavaScript_client_works()
    {
        var (node, npm) = (ClientProgram.Find("node", "nodejs"), ClientProgram.Find("npm"));
        Assert.SkipWhen(node is null || npm is null, "node and npm are not both installed");
        var folder = Path.Combine(Path.GetTempPath(), "platform-clients-" + NodePackage.Replace('/', '-'));
        if (!File.Exists(Path.Combine(folder, "complete")))
        {
            Directory.CreateDirectory(folder);
            var (code, text) = await ClientProgram.RunAsync(npm!, "install", "--no-audit", "--no-fund", "--omit=dev", "--ignore-scripts", "--prefix", folder, NodePackage);
            Assert.SkipUnless(code == 0, $"npm cannot install {NodePackage}: {text}");
            await File.WriteAllTextAsync(Path.Combine(folder, "complete"), "");
        }

        await SucceedsAsync(5, node!, ClientProgram.Script("client.mjs"), fixture.Kubeconfig, folder);
    }

    private async Task SucceedsAsync(int steps, string program, params string[] arguments)
    {
        var (code, text) = await ClientProgram.RunAsync(program, arguments);
        output.WriteLine(text);
        code.ShouldBe(0, text);
        text.Split('\n').Count(l => l.StartsWith("ok ", StringComparison.Ordinal)).ShouldBe(steps, string.Create(CultureInfo.InvariantCulture, $"not all {steps} steps\n{text}"));
    }
}
