using Platform.Api;
using Platform.Api.Core.V1;
using Platform.NodeAgent.Pods;
using Platform.NodeAgent.Tests.Support;

namespace Platform.NodeAgent.Tests.Pods;

public sealed class EnvironmentTests
{
    private readonly FakeObjects _objects = new();

    [Theory]
    [InlineData("$(A)-$(B)", "1-2")]
    [InlineData("$$(A)", "$(A)")]
    [InlineData("$(NONE)", "$(NONE)")]
    [InlineData("a$b", "a$b")]
    [InlineData("$(A", "$(A")]
    [InlineData("$", "$")]
    public void Variables_are_expanded_as_upstream_does(string text, string expected) =>
        VariableExpansion.Expand(text, name => name switch { "A" => "1", "B" => "2", _ => null }).ShouldBe(expected);

    [Fact]
    public async Task Later_sources_win_and_values_see_what_is_before_them()
    {
        _objects.ConfigMaps["all"] = new() { Data = new Dictionary<string, string> { ["A"] = "map", ["B"] = "map" } };
        _objects.Secrets["more"] = new() { Data = new Dictionary<string, byte[]> { ["B"] = "secret"u8.ToArray() } };
        var environment = await BuildAsync(TestPods.Container() with
        {
            EnvFrom = [new() { ConfigMapRef = new() { Name = "all" } }, new() { SecretRef = new() { Name = "more" } }],
            Env = [new() { Name = "A", Value = "own" }, new() { Name = "C", Value = "$(A) $(B) $(D)" }, new() { Name = "D", Value = "late" }],
        });
        environment["A"].ShouldBe("own");
        environment["B"].ShouldBe("secret");
        environment["C"].ShouldBe("own secret $(D)");
    }

    [Fact]
    public async Task Fields_and_resources_of_the_pod_are_values()
    {
        var environment = await BuildAsync(TestPods.Container() with
        {
            Resources = new() { Limits = new Dictionary<string, Quantity> { ["cpu"] = new("1500m"), ["memory"] = new("64Mi") } },
            Env =
            [
                Field("NAME", "metadata.name"), Field("LABEL", "metadata.labels['app']"), Field("IP", "status.podIP"), Field("HOST", "status.hostIP"),
                new() { Name = "CPU", ValueFrom = new() { ResourceFieldRef = new() { Resource = "limits.cpu" } } },
                new() { Name = "MEMORY", ValueFrom = new() { ResourceFieldRef = new() { Resource = "limits.memory", Divisor = new("1Mi") } } },
            ],
        });
        environment["NAME"].ShouldBe("env");
        environment["LABEL"].ShouldBe("test");
        environment["IP"].ShouldBe("10.0.0.9");
        environment["HOST"].ShouldBe("192.0.2.10");
        environment["CPU"].ShouldBe("2");
        environment["MEMORY"].ShouldBe("64");
    }

    [Fact]
    public async Task Services_of_the_namespace_and_the_API_server_are_announced()
    {
        Service Make(string ns, string name, string ip) => new()
        {
            Metadata = new() { Name = name, Namespace = ns },
            Spec = new() { ClusterIP = ip, Ports = [new() { Name = "http", Port = 80, Protocol = "TCP" }] },
        };
        var environment = await BuildAsync(TestPods.Container(), Make("default", "my-db", "10.1.1.1"), Make("other", "hidden", "10.1.1.2"), Make("default", "headless", "None"));
        environment["MY_DB_SERVICE_HOST"].ShouldBe("10.1.1.1");
        environment["MY_DB_SERVICE_PORT_HTTP"].ShouldBe("80");
        environment["MY_DB_PORT_80_TCP"].ShouldBe("tcp://10.1.1.1:80");
        environment.Keys.ShouldNotContain(k => k.StartsWith("HIDDEN", StringComparison.Ordinal) || k.StartsWith("HEADLESS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_key_is_an_error_unless_it_is_optional()
    {
        _objects.ConfigMaps["all"] = new();
        EnvVar Make(bool? optional) => new() { Name = "X", ValueFrom = new() { ConfigMapKeyRef = new() { Name = "all", Key = "k", Optional = optional } } };
        (await BuildAsync(TestPods.Container() with { Env = [Make(true)] })).ShouldNotContainKey("X");
        var error = await Should.ThrowAsync<ContainerConfigException>(() => BuildAsync(TestPods.Container() with { Env = [Make(null)] }));
        error.Message.ShouldBe("couldn't find key k in ConfigMap default/all");
    }

    private static EnvVar Field(string name, string path) => new() { Name = name, ValueFrom = new() { FieldRef = new() { FieldPath = path } } };

    private async Task<Dictionary<string, string>> BuildAsync(Container container, params Service[] services)
    {
        var pod = TestPods.Pod("env", container);
        pod = pod with { Spec = pod.Spec! with { EnableServiceLinks = true } };
        var result = await EnvironmentBuilder.BuildAsync(
            container, new() { Pod = pod, HostIp = "192.0.2.10", PodIps = ["10.0.0.9"], Services = services, Objects = _objects }, CancellationToken.None);
        return result.ToDictionary(e => e.Key, e => e.Value);
    }
}
