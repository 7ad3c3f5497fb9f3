using System.Net;
using System.Net.Sockets;
using Platform.ServiceDefaults;

namespace Platform.Cli.Tests;

public sealed class ClusterPreparationTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("platform-test-").FullName;

    [Fact]
    public void Settings_once_chosen_are_kept()
    {
        var first = Prepare(new(null, null, ["node-1"]));
        Prepare(new(null, null, ["node-1"])).ShouldBe(first);
    }

    [Fact]
    public void A_port_that_another_program_took_is_given_up_unless_users_know_it()
    {
        var first = Prepare(new(null, null, []));
        using var other = new TcpListener(IPAddress.IPv6Any, first.AgentPort);
        other.Start();
        var second = Prepare(new(null, null, []));
        second.AgentPort.ShouldNotBe(first.AgentPort);
        second.ApiPort.ShouldBe(first.ApiPort);
    }

    [Fact]
    public void Another_store_than_the_one_that_holds_the_state_is_refused()
    {
        Prepare(new(null, "sqlite", []));
        Should.Throw<InvalidOperationException>(() => Prepare(new(null, "memory", []))).Message.ShouldContain("keeps its state in 'sqlite'");
    }

    [Fact]
    public void What_kubectl_remembers_of_an_earlier_cluster_at_the_address_is_dropped_once()
    {
        var cache = Directory.CreateDirectory(Path.Combine(_data, "cache")).FullName;
        Environment.SetEnvironmentVariable("KUBECACHEDIR", cache);
        try
        {
            var port = ClusterPreparation.FreePort(16443);
            var here = Directory.CreateDirectory(Path.Combine(cache, "discovery", $"127.0.0.1_{port}", "apps", "v1")).FullName;
            var elsewhere = Directory.CreateDirectory(Path.Combine(cache, "discovery", "127.0.0.1_1")).FullName;
            Prepare(new(port, null, []));
            Directory.Exists(here).ShouldBeFalse();
            Directory.Exists(elsewhere).ShouldBeTrue();

            Directory.CreateDirectory(here);
            Prepare(new(port, null, []));
            Directory.Exists(here).ShouldBeTrue("what it remembers of this cluster is true");
        }
        finally
        {
            Environment.SetEnvironmentVariable("KUBECACHEDIR", null);
        }
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private ClusterSettings Prepare(ClusterWishes wishes) => ClusterPreparation.Prepare(_data, wishes, TimeProvider.System);
}
