using System.Text.Json.Nodes;

namespace Platform.Clients.Tests;

/// <summary>
/// Real Helm against the API server alone, with a chart that does what charts commonly do. Nothing here runs pods or deletes what a controller would; that is
/// for the cluster's tests.
/// </summary>
public sealed class HelmTests(ClientFixture fixture) : IClassFixture<ClientFixture>
{
    private static readonly string Shop = Path.Combine(AppContext.BaseDirectory, "Charts/shop");

    [Fact]
    public async Task Install_makes_definitions_then_hooks_then_objects_and_sees_what_is_there()
    {
        await fixture.SucceedAsync(ClientProgram.Need("kubectl"), "create", "namespace", "fresh");
        await fixture.SucceedAsync(ClientProgram.Need("kubectl"), "create", "configmap", "given", "--from-literal=word=found", "-n", "fresh");
        (await HelmAsync("fresh", "install", "a", Shop)).ShouldContain("a says hello, revision 1.");

        (await Get("fresh", "configmaps/a"))!["data"]!.AsObject().Select(d => $"{d.Key}={d.Value}")
            .ShouldBe(["found=found", "greeting=hello", "menus=true", "server=v1.32.0+platform"]);
        (await Get("fresh", "configmaps/a"))!["metadata"]!["annotations"]!["meta.helm.sh/release-name"]!.ToString().ShouldBe("a");
        (await Get("fresh", "configmaps/a-before"))!["data"]!["revision"]!.ToString().ShouldBe("1");
        (await Get("fresh", "secrets/a-fleeting")).ShouldBeNull("the hook has succeeded and is deleted");
        (await Menu("fresh", "a"))!["spec"]!["currency"]!.ToString().ShouldBe("EUR", "the definition's default");
        (await Get("fresh", "secrets/sh.helm.release.v1.a.v1"))!["metadata"]!["labels"]!["status"]!.ToString().ShouldBe("deployed");

        (await FailingAsync("fresh", "install", "a", Shop)).ShouldContain("cannot re-use a name that is still in use");
        (await HelmAsync("fresh", "status", "a", "--show-resources")).ShouldContain("==> v1/Service");
        await HelmAsync("fresh", "uninstall", "a", "--wait");
        foreach (var gone in (string[])["configmaps/a", "services/a", "secrets/sh.helm.release.v1.a.v1"])
            (await Get("fresh", gone)).ShouldBeNull();
        (await Deployment("fresh", "a")).ShouldBeNull();
        (await Menu("fresh", "a")).ShouldBeNull();
        (await fixture.FindAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/menus.shop.example.com")).ShouldNotBeNull("definitions stay");
    }

    [Fact]
    public async Task Upgrade_and_rollback_change_their_own_fields_and_leave_the_others()
    {
        await HelmAsync("merge", "install", "a", Shop, "--create-namespace");
        var address = (await Get("merge", "services/a"))!["spec"]!["clusterIP"]!.ToString();
        await fixture.MergeAsync("/apis/apps/v1/namespaces/merge/deployments/a", """{"metadata":{"annotations":{"mine":"1"}},"spec":{"replicas":7}}""");
        await fixture.MergeAsync("/apis/shop.example.com/v1/namespaces/merge/menus/a", """{"spec":{"currency":"CHF"}}""");

        await HelmAsync("merge", "upgrade", "a", Shop, "--set", "greeting=hi,port=81");
        var deployment = (await Deployment("merge", "a"))!;
        deployment["metadata"]!["annotations"]!["mine"]!.ToString().ShouldBe("1", "what Helm never said is left alone");
        ((int?)deployment["spec"]!["replicas"]).ShouldBe(1, "what it says is put back: the merge has three sides");
        deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]!.ToJsonString().ShouldBe("""[{"name":"GREETING","value":"hi"}]""");
        (await Menu("merge", "a"))!["spec"]!.ToJsonString().ShouldBe("""{"currency":"CHF","dishes":["soup","hi"]}""");
        ((int?)(await Get("merge", "services/a"))!["spec"]!["ports"]!.AsArray().Single()!["port"]).ShouldBe(81);

        await HelmAsync("merge", "upgrade", "a", Shop, "--reuse-values", "--set", "deployment=false");
        (await Deployment("merge", "a")).ShouldBeNull("it is no longer in the chart");
        JsonNode.Parse(await HelmAsync("merge", "get", "values", "a", "-o", "json"))!.ToJsonString().ShouldBe("""{"deployment":false,"greeting":"hi","port":81}""");
        (await HelmAsync("merge", "get", "manifest", "a", "--revision", "2")).ShouldContain("kind: Deployment");
        (await HelmAsync("merge", "get", "hooks", "a")).ShouldContain("a-before");

        await HelmAsync("merge", "rollback", "a", "1");
        (await Deployment("merge", "a"))!["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]![0]!["value"]!.ToString().ShouldBe("hello");
        (await Get("merge", "services/a"))!["spec"]!["clusterIP"]!.ToString().ShouldBe(address);
        (await HistoryAsync("merge", "a")).ShouldBe(["1 superseded", "2 superseded", "3 superseded", "4 deployed"]);
        JsonNode.Parse(await HelmAsync("merge", "list", "-o", "json"))!.AsArray().Single()!["chart"]!.ToString().ShouldBe("shop-0.1.0");
    }

    [Fact]
    public async Task What_the_server_refuses_is_taken_back_where_the_release_is_atomic()
    {
        string[] quiet = ["--set", "deployment=false"];
        (await FailingAsync("atomic", ["install", "b", Shop, "--create-namespace", "--atomic", "--set", "port=0", .. quiet]))
            .ShouldContain("spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive");
        (await HelmAsync("atomic", "list", "--all", "--short")).ShouldBe("");
        (await Get("atomic", "configmaps/b")).ShouldBeNull();

        await HelmAsync("atomic", ["install", "a", Shop, .. quiet]);
        (await FailingAsync("atomic", ["upgrade", "a", Shop, "--atomic", "--set", "port=0,greeting=bad", .. quiet])).ShouldContain("has been rolled back due to atomic being set");
        (await HistoryAsync("atomic", "a")).ShouldBe(["1 superseded", "2 failed", "3 deployed"]);
        (await Get("atomic", "configmaps/a"))!["data"]!["greeting"]!.ToString().ShouldBe("hello");

        (await FailingAsync("atomic", ["upgrade", "a", Shop, "--set", "port=0", .. quiet])).ShouldContain("UPGRADE FAILED");
        await HelmAsync("atomic", ["upgrade", "a", Shop, "--force", "--set", "port=82", .. quiet]);
        (await HistoryAsync("atomic", "a")).ShouldBe(["1 superseded", "2 failed", "3 superseded", "4 failed", "5 deployed"]);
    }

    [Fact]
    public async Task A_hook_that_nobody_finishes_fails_the_release()
    {
        (await FailingAsync("slow", "install", "a", Shop, "--create-namespace", "--set", "slowHook=true", "--timeout", "1s"))
            .ShouldContain("failed post-install: 1 error occurred:\n\t* timed out waiting for the condition");
        (await HistoryAsync("slow", "a")).ShouldBe(["1 failed"]);
        await HelmAsync("slow", "upgrade", "--install", "a", Shop);
        (await HistoryAsync("slow", "a")).ShouldBe(["1 superseded", "2 deployed"]);
        await HelmAsync("slow", "uninstall", "a", "--keep-history");
        (await HistoryAsync("slow", "a")).ShouldBe(["1 superseded", "2 uninstalled"]);
    }

    [Fact]
    public async Task A_rehearsal_asks_the_server_and_writes_nothing()
    {
        await HelmAsync("dry", "install", "a", Shop, "--create-namespace");
        await fixture.SucceedAsync(ClientProgram.Need("kubectl"), "create", "configmap", "given", "--from-literal=word=seen", "-n", "dry");
        (await HelmAsync("dry", "install", "b", Shop, "--dry-run=server")).ShouldContain("found: seen");
        (await HelmAsync("dry", "install", "b", Shop, "--dry-run=client")).ShouldContain("found: nothing");
        (await HelmAsync("dry", "upgrade", "a", Shop, "--dry-run=server", "--set", "greeting=later")).ShouldContain("greeting: later");
        (await HelmAsync("dry", "template", "b", Shop, "--validate")).ShouldContain("""menus: "true" """.Trim());
        (await HistoryAsync("dry", "a")).ShouldBe(["1 deployed"]);
        (await Get("dry", "configmaps/b")).ShouldBeNull();
        (await Get("dry", "configmaps/a"))!["data"]!["greeting"]!.ToString().ShouldBe("hello");
    }

    [Fact]
    public async Task Objects_of_others_are_taken_over_only_where_they_say_so()
    {
        var kubectl = ClientProgram.Need("kubectl");
        await fixture.SucceedAsync(kubectl, "create", "namespace", "owned");
        await fixture.SucceedAsync(kubectl, "create", "configmap", "a", "--from-literal=mine=1", "-n", "owned");
        (await FailingAsync("owned", "install", "a", Shop)).ShouldContain("invalid ownership metadata");
        await HelmAsync("owned", "install", "a", Shop, "--take-ownership");
        (await Get("owned", "configmaps/a"))!["data"]!["greeting"]!.ToString().ShouldBe("hello");
    }

    [Fact]
    public async Task A_user_may_with_Helm_what_the_user_may()
    {
        var kubectl = ClientProgram.Need("kubectl");
        await HelmAsync("limited", "install", "a", Shop, "--create-namespace");
        await fixture.SucceedAsync(kubectl, "create", "rolebinding", "eve", "--clusterrole=edit", "--user=eve", "-n", "limited");
        await fixture.Server.SettledAsync();
        (await HelmAsync("limited", "list", "--short", "--kube-as-user", "eve")).ShouldBe("a");
        (await FailingAsync("limited", "upgrade", "a", Shop, "--kube-as-user", "eve"))
            .ShouldContain("menus.shop.example.com \"a\" is forbidden: User \"eve\" cannot get resource \"menus\" in API group \"shop.example.com\" in the namespace \"limited\"");
        (await FailingAsync("fresh", "list", "--kube-as-user", "eve")).ShouldContain("cannot list resource \"secrets\"");
    }

    private Task<string> HelmAsync(string ns, params string[] arguments) => fixture.SucceedAsync(ClientProgram.Need("helm"), [.. arguments, "-n", ns]);

    private Task<string> FailingAsync(string ns, params string[] arguments) => fixture.FailAsync(ClientProgram.Need("helm"), [.. arguments, "-n", ns]);

    private async Task<string[]> HistoryAsync(string ns, string release) =>
        [.. JsonNode.Parse(await HelmAsync(ns, "history", release, "-o", "json"))!.AsArray().Select(r => $"{r!["revision"]} {r["status"]}")];

    private Task<JsonNode?> Get(string ns, string path) => fixture.FindAsync($"/api/v1/namespaces/{ns}/{path}");

    private Task<JsonNode?> Deployment(string ns, string name) => fixture.FindAsync($"/apis/apps/v1/namespaces/{ns}/deployments/{name}");

    private Task<JsonNode?> Menu(string ns, string name) => fixture.FindAsync($"/apis/shop.example.com/v1/namespaces/{ns}/menus/{name}");
}
