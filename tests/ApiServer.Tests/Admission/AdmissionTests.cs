using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Scheduling.V1;
using Platform.Client;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Tests.Admission;

public sealed class AdmissionTests
{
    private const string Ns = "default";

    [Fact]
    public async Task Nothing_is_created_in_a_namespace_that_does_not_exist()
    {
        await using var server = await TestApiServer.StartAsync();
        var pods = Admin(server).Resource<Pod>();
        var failure = await Should.ThrowAsync<ApiException>(() => pods.CreateAsync(Pod("nowhere")));
        failure.Code.ShouldBe(404);
        failure.Message.ShouldBe("namespaces \"nowhere\" not found");
    }

    [Fact]
    public async Task Nothing_is_created_in_a_namespace_that_is_being_deleted()
    {
        await using var server = await TestApiServer.StartAsync();
        var admin = Admin(server);
        await admin.Resource<Namespace>().CreateAsync(new() { Metadata = new() { Name = "gone" } });
        await admin.Resource<Namespace>().DeleteAsync(null, "gone");
        await server.SettledAsync();
        var failure = await Should.ThrowAsync<ApiException>(() => admin.Resource<Pod>().CreateAsync(Pod("gone")));
        failure.Code.ShouldBe(403);
        failure.Message.ShouldBe("pods \"p\" is forbidden: unable to create new content in namespace gone because it is being terminated");
        failure.Status.Details!.Causes!.Single().Reason.ShouldBe("NamespaceTerminating");
    }

    [Theory]
    [InlineData("default")]
    [InlineData("kube-system")]
    [InlineData("kube-public")]
    public async Task Namespaces_of_the_cluster_may_not_be_deleted(string name)
    {
        await using var server = await TestApiServer.StartAsync();
        var failure = await Should.ThrowAsync<ApiException>(() => Admin(server).Resource<Namespace>().DeleteAsync(null, name));
        failure.Message.ShouldBe($"namespaces \"{name}\" is forbidden: this namespace may not be deleted");
    }

    [Fact]
    public async Task Pod_gets_its_service_account_and_a_token_in_every_container()
    {
        await using var server = await TestApiServer.StartAsync(new() { ServiceAccounts = true });
        var admin = Admin(server);
        await admin.Resource<ServiceAccount>().CreateAsync(new() { Metadata = new() { Name = "default", Namespace = Ns } });
        var pod = await admin.Resource<Pod>().CreateAsync(Pod(Ns));
        pod.Spec!.ServiceAccountName.ShouldBe("default");
        var volume = pod.Spec.Volumes!.Single();
        volume.Name.ShouldStartWith("kube-api-access-");
        volume.Projected!.Sources!.Count.ShouldBe(3);
        volume.Projected.Sources[0].ServiceAccountToken!.ExpirationSeconds.ShouldBe(3607);
        var mount = pod.Spec.Containers!.Single().VolumeMounts!.Single();
        (mount.Name, mount.ReadOnly, mount.MountPath).ShouldBe((volume.Name, true, "/var/run/secrets/kubernetes.io/serviceaccount"));
    }

    [Fact]
    public async Task Pod_that_wants_no_token_gets_none()
    {
        await using var server = await TestApiServer.StartAsync(new() { ServiceAccounts = true });
        var admin = Admin(server);
        await admin.Resource<ServiceAccount>().CreateAsync(new() { Metadata = new() { Name = "default", Namespace = Ns } });
        var pod = Pod(Ns);
        pod = await admin.Resource<Pod>().CreateAsync(pod with { Spec = pod.Spec! with { AutomountServiceAccountToken = false } });
        pod.Spec!.Volumes.ShouldBeNull();
    }

    [Fact]
    public async Task Pod_whose_service_account_is_missing_is_forbidden()
    {
        // On the machine's clock: the server looks again for about a second, between reads that must not see a clock run away.
        await using var server = await TestApiServer.StartAsync(new() { ServiceAccounts = true });
        var failure = await Should.ThrowAsync<ApiException>(() => Admin(server).Resource<Pod>().CreateAsync(Pod(Ns)));
        failure.Message.ShouldBe("pods \"p\" is forbidden: error looking up service account default/default: serviceaccount \"default\" not found");
    }

    [Fact]
    public async Task Pod_tolerates_an_unready_node_for_five_minutes_unless_it_says_otherwise()
    {
        await using var server = await TestApiServer.StartAsync();
        var admin = Admin(server);
        var pod = await admin.Resource<Pod>().CreateAsync(Pod(Ns));
        pod.Spec!.Tolerations!.Select(t => (t.Key, t.Effect, t.TolerationSeconds)).ShouldBe(
        [
            ("node.kubernetes.io/not-ready", "NoExecute", 300L),
            ("node.kubernetes.io/unreachable", "NoExecute", 300L),
        ]);
        var own = Pod(Ns, "q");
        own = own with { Spec = own.Spec! with { Tolerations = [new() { Operator = "Exists" }] } };
        (await admin.Resource<Pod>().CreateAsync(own)).Spec!.Tolerations!.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Priority_is_resolved_from_the_class()
    {
        await using var server = await TestApiServer.StartAsync();
        var admin = Admin(server);
        var pod = Pod(Ns);
        (await admin.Resource<Pod>().CreateAsync(pod)).Spec!.Priority.ShouldBe(0);
        var critical = Pod("kube-system", "q");
        critical = critical with { Spec = critical.Spec! with { PriorityClassName = "system-node-critical" } };
        (await admin.Resource<Pod>().CreateAsync(critical)).Spec!.Priority.ShouldBe(2_000_001_000);
        var unknown = critical with { Metadata = critical.Metadata with { Name = "r" }, Spec = critical.Spec! with { PriorityClassName = "none" } };
        (await Should.ThrowAsync<ApiException>(() => admin.Resource<Pod>().CreateAsync(unknown))).Message
            .ShouldBe("pods \"r\" is forbidden: no PriorityClass with name none was found");
    }

    [Fact]
    public async Task Only_one_priority_class_is_the_default()
    {
        await using var server = await TestApiServer.StartAsync();
        var classes = Admin(server).Resource<PriorityClass>();
        await classes.CreateAsync(new() { Metadata = new() { Name = "a" }, Value = 5, GlobalDefault = true });
        await server.SettledAsync();
        (await Should.ThrowAsync<ApiException>(() => classes.CreateAsync(new() { Metadata = new() { Name = "b" }, Value = 6, GlobalDefault = true }))).Code.ShouldBe(403);
        (await Admin(server).Resource<Pod>().CreateAsync(Pod(Ns))).Spec!.Priority.ShouldBe(5);
    }

    private static IApiClient Admin(TestApiServer server) => server.ApiClientFor(ComponentIdentity.Administrator);

    private static Pod Pod(string ns, string name = "p") => new()
    {
        Metadata = new() { Name = name, Namespace = ns },
        Spec = new() { Containers = [new() { Name = "c", Image = "i" }] },
    };
}
