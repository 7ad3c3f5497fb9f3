namespace Platform.Cluster.Tests.Commands;

/// <summary>The commands that people use every day, with real kubectl against a cluster with real containers.</summary>
public sealed class KubectlCommandTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private const string Image = "--image=platform.local/hello:1";

    private RunningCluster Cluster => shared.Cluster;

    [Fact]
    public async Task Objects_are_applied_compared_edited_replaced_patched_and_labelled()
    {
        var file = await ManifestAsync("settings", "one");
        (await Cluster.KubectlAsync("apply", "-f", file)).ShouldContain("configmap/settings created");
        (await Cluster.TryKubectlAsync("diff", "-f", file)).ExitCode.ShouldBe(0, "nothing differs");
        file = await ManifestAsync("settings", "two");
        var difference = await Cluster.TryKubectlAsync("diff", "-f", file);
        difference.ExitCode.ShouldBe(1);
        difference.Output.ShouldContain("+  colour: two");
        (await Cluster.KubectlAsync("apply", "-f", file)).ShouldContain("configured");
        (await Cluster.KubectlAsync("apply", "-f", file)).ShouldContain("unchanged");
        (await Cluster.KubectlAsync("apply", "--server-side", "--force-conflicts", "-f", file)).ShouldContain("serverside-applied");

        var edited = await Shell.RunAsync("kubectl", ["edit", "configmap", "settings"],
            new Dictionary<string, string> { ["KUBECONFIG"] = Cluster.Kubeconfig, ["KUBE_EDITOR"] = "sed -i s/two/three/" });
        edited.Succeeded("kubectl edit").ShouldContain("edited");
        (await ColourAsync()).ShouldBe("three");
        (await Cluster.KubectlAsync("replace", "-f", await ManifestAsync("settings", "four"))).ShouldContain("replaced");
        foreach (var (type, patch) in ((string, string)[])[
            ("merge", """{"data":{"colour":"merge"}}"""), ("strategic", """{"data":{"colour":"strategic"}}"""),
            ("json", """[{"op":"replace","path":"/data/colour","value":"json"}]""")])
        {
            await Cluster.KubectlAsync("patch", "configmap", "settings", "--type", type, "-p", patch);
            (await ColourAsync()).ShouldBe(type);
        }

        await Cluster.KubectlAsync("label", "configmap", "settings", "tier=front", "old=1");
        await Cluster.KubectlAsync("label", "configmap", "settings", "tier=back", "--overwrite", "old-");
        await Cluster.KubectlAsync("annotate", "configmap", "settings", "note=said");
        (await Cluster.KubectlAsync("get", "configmap", "-l", "tier in (back,middle),!old", "-o", "name")).Trim().ShouldBe("configmap/settings");
        (await Cluster.KubectlAsync("describe", "configmap", "settings")).ShouldContain("note: said");
    }

    [Fact]
    public async Task Rollouts_are_watched_stopped_and_taken_back()
    {
        await Cluster.KubectlAsync("create", "deployment", "rolling", Image, "--replicas=2");
        await Cluster.KubectlAsync("rollout", "status", "deploy/rolling", "--timeout=60s");
        await Cluster.KubectlAsync("wait", "--for=condition=Available", "deploy/rolling", "--timeout=60s");
        await Cluster.KubectlAsync("set", "env", "deploy/rolling", "COLOUR=blue");
        await Cluster.KubectlAsync("rollout", "pause", "deploy/rolling");
        await Cluster.KubectlAsync("rollout", "resume", "deploy/rolling");
        await Cluster.KubectlAsync("rollout", "restart", "deploy/rolling");
        await Cluster.KubectlAsync("rollout", "status", "deploy/rolling", "--timeout=60s");
        (await Cluster.KubectlAsync("rollout", "history", "deploy/rolling")).ShouldContain("3");
        await Cluster.KubectlAsync("rollout", "undo", "deploy/rolling", "--to-revision=1");
        await Cluster.KubectlAsync("rollout", "status", "deploy/rolling", "--timeout=60s");
        (await Cluster.GetJsonAsync("deploy", "rolling"))["spec"]!["template"]!["spec"]!["containers"]![0]!["env"].ShouldBeNull();

        await Cluster.KubectlAsync("autoscale", "deploy/rolling", "--min=2", "--max=4", "--cpu-percent=50");
        (await Cluster.KubectlAsync("get", "hpa")).ShouldContain("Deployment/rolling");
        await Cluster.KubectlAsync("expose", "deploy/rolling", "--port=80", "--target-port=8080");
        (await Cluster.GetJsonAsync("service", "rolling"))["spec"]!["selector"]!["app"]!.ToString().ShouldBe("rolling");

        var undone = (await Cluster.PlatformAsync("undo", "deploy/rolling")).Succeeded("platform undo");
        undone.ShouldContain("undone as revision");
        var history = (await Cluster.PlatformAsync("history", "deploy/rolling")).Succeeded("platform history");
        history.ShouldContain("kubernetes-admin");
        history.ShouldContain("spec.template.spec.containers[name=");
        await Cluster.KubectlAsync("delete", "deploy,hpa,service", "rolling", "--wait");
    }

    [Fact]
    public async Task Files_are_copied_into_a_pod_and_out_of_it()
    {
        await RunPodAsync("box");
        var sent = Path.Combine(Cluster.Data, "sent.txt");
        await File.WriteAllTextAsync(sent, "there and back");
        await Cluster.KubectlAsync("cp", sent, "box:/tmp/there.txt");
        (await Cluster.KubectlAsync("exec", "box", "--", "cat", "/tmp/there.txt")).ShouldBe("there and back");
        var got = Path.Combine(Cluster.Data, "got.txt");
        await Cluster.KubectlAsync("cp", "box:/tmp/there.txt", got);
        (await File.ReadAllTextAsync(got)).ShouldBe("there and back");
    }

    [Fact]
    public async Task A_running_pod_is_looked_into_with_an_ephemeral_container()
    {
        await RunPodAsync("patient");
        Assert.SkipWhen((await Cluster.TryKubectlAsync("events", "--help")).ExitCode != 0, "this kubectl asks for ephemeral containers in a way that v1.32 no longer has");
        await Cluster.KubectlAsync("debug", "patient", Image, "--target=patient", "-c", "doctor", "--", "sh", "-c", "ps; echo examined");
        var status = await Eventually.AnswersAsync(
            async () => (await Cluster.GetJsonAsync("pod", "patient"))["status"]!["ephemeralContainerStatuses"]?[0]?["state"]?["terminated"],
            terminated => terminated is not null, "the ephemeral container has not run");
        ((int)status!["exitCode"]!).ShouldBe(0);
        var seen = await Cluster.KubectlAsync("logs", "patient", "-c", "doctor");
        seen.ShouldContain("examined");
        seen.ShouldContain("sleep 3600", Case.Sensitive, "it sees the processes of its target");
        (await Cluster.KubectlAsync("events", "--for", "pod/patient")).ShouldContain("Started container doctor");
        ((string)(await Cluster.GetJsonAsync("pod", "patient"))["status"]!["phase"]!).ShouldBe("Running");
    }

    [Fact]
    public async Task Every_kind_is_listed_and_explained()
    {
        var resources = (await Cluster.KubectlAsync("api-resources", "-o", "name", "--verbs=list")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        resources.Length.ShouldBeGreaterThan(45);
        await Cluster.KubectlAsync("get", string.Join(',', resources), "-A");
        foreach (var resource in (string[])["pods", "deployments.apps", "cronjobs.batch", "horizontalpodautoscalers", "customresourcedefinitions", "ingresses"])
            (await Cluster.KubectlAsync("explain", resource, "--recursive")).ShouldContain("spec");
        (await Cluster.KubectlAsync("explain", "ingress.spec.rules.http.paths.pathType")).ShouldContain("Prefix");
        (await Cluster.KubectlAsync("auth", "can-i", "create", "pods")).Trim().ShouldBe("yes");
    }

    private async Task RunPodAsync(string name)
    {
        await Cluster.KubectlAsync("run", name, Image, "--restart=Never", "--command", "--", "sleep", "3600");
        await Cluster.KubectlAsync("wait", "--for=condition=Ready", "pod/" + name, "--timeout=60s");
    }

    private async Task<string> ColourAsync() => (string)(await Cluster.GetJsonAsync("configmap", "settings"))["data"]!["colour"]!;

    private async Task<string> ManifestAsync(string name, string colour)
    {
        var path = Path.Combine(Cluster.Data, name + ".yaml");
        await File.WriteAllTextAsync(path, $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: {name} }}\ndata:\n  colour: {colour}\n");
        return path;
    }
}
