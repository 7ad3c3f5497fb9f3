using Platform.Api.Core.V1;
using static Platform.ApiServer.Tests.Registry.Rules.RulesFixture;

namespace Platform.ApiServer.Tests.Registry.Rules;

public sealed class PodRulesTests
{
    private const string Minimal = """
        metadata: {name: a, namespace: default}
        spec:
          containers:
          - {name: c, image: busybox}
        """;

    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(100);

    [Fact]
    public void Pod_is_defaulted_as_upstream_defaults_it()
    {
        var pod = Created<Pod>(Minimal);
        Json(pod.Spec!).ShouldBe(Json(Read<Pod>("""
            spec:
              containers:
              - name: c
                image: busybox
                resources: {}
                terminationMessagePath: /dev/termination-log
                imagePullPolicy: Always
                terminationMessagePolicy: File
              restartPolicy: Always
              terminationGracePeriodSeconds: 30
              dnsPolicy: ClusterFirst
              securityContext: {}
              schedulerName: default-scheduler
              enableServiceLinks: true
            """).Spec!));
        (pod.Status!.Phase, pod.Status.QosClass).ShouldBe(("Pending", "BestEffort"));
    }

    [Theory]
    [InlineData("busybox", "Always")]
    [InlineData("busybox:latest", "Always")]
    [InlineData("busybox:1.36", "IfNotPresent")]
    [InlineData("host:5000/busybox", "Always")]
    [InlineData("host:5000/busybox:1", "IfNotPresent")]
    [InlineData("busybox@sha256:0123", "IfNotPresent")]
    public void Pull_policy_follows_the_tag(string image, string policy) =>
        Created<Pod>(Minimal.Replace("busybox", image, StringComparison.Ordinal)).Spec!.Containers![0].ImagePullPolicy.ShouldBe(policy);

    [Fact]
    public void Probes_ports_volumes_and_requests_are_defaulted()
    {
        var spec = Created<Pod>("""
            spec:
              hostNetwork: true
              containers:
              - name: c
                image: i:1
                ports: [{containerPort: 80}]
                resources: {limits: {cpu: 1}}
                livenessProbe: {httpGet: {port: 80}}
                env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
              volumes:
              - {name: e}
              - {name: s, secret: {secretName: s}}
              - {name: p, projected: {sources: [{serviceAccountToken: {path: t}}]}}
            """).Spec!;
        var container = spec.Containers![0];
        Json(container.Ports![0]).ShouldBe("""{"hostPort":80,"containerPort":80,"protocol":"TCP"}""");
        container.Resources!.Requests!["cpu"].ToString().ShouldBe("1");
        var probe = container.LivenessProbe!;
        (probe.TimeoutSeconds, probe.PeriodSeconds, probe.SuccessThreshold, probe.FailureThreshold, probe.HttpGet!.Path, probe.HttpGet.Scheme).ShouldBe((1, 10, 1, 3, "/", "HTTP"));
        container.Env![0].ValueFrom!.FieldRef!.ApiVersion.ShouldBe("v1");
        spec.Volumes![0].EmptyDir.ShouldNotBeNull();
        spec.Volumes[1].Secret!.DefaultMode.ShouldBe(420);
        (spec.Volumes[2].Projected!.DefaultMode, spec.Volumes[2].Projected!.Sources![0].ServiceAccountToken!.ExpirationSeconds).ShouldBe((420, 3600));
    }

    [Theory]
    [InlineData("resources: {limits: {cpu: 1, memory: 1Gi}}", "Guaranteed")]
    [InlineData("resources: {limits: {cpu: 1}}", "Burstable")]
    [InlineData("resources: {requests: {cpu: 1, memory: 1Gi}, limits: {cpu: 1, memory: 2Gi}}", "Burstable")]
    [InlineData("resources: {limits: {ephemeral-storage: 1Gi}}", "BestEffort")]
    public void Quality_of_service_follows_cpu_and_memory(string resources, string expected) =>
        Created<Pod>($"spec: {{containers: [{{name: c, image: i, {resources}}}]}}").Status!.QosClass.ShouldBe(expected);

    [Fact]
    public void Minimal_pod_is_valid() => Errors<Pod>(Minimal).ShouldBeEmpty();

    [Theory]
    [InlineData("spec: {}", "spec.containers: Required value")]
    [InlineData("spec: {containers: [{image: i}]}", "spec.containers[0].name: Required value")]
    [InlineData("spec: {containers: [{name: c}]}", "spec.containers[0].image: Required value")]
    [InlineData("spec: {containers: [{name: C_, image: i}]}",
        "spec.containers[0].name: Invalid value: \"C_\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', " +
        "and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")]
    [InlineData("spec: {containers: [{name: c, image: i}, {name: c, image: i}]}", "spec.containers[1].name: Duplicate value: \"c\"")]
    [InlineData("spec: {restartPolicy: Sometimes, containers: [{name: c, image: i}]}",
        "spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"Never\", \"OnFailure\"")]
    [InlineData("spec: {containers: [{name: c, image: i, ports: [{containerPort: 70000}]}]}",
        "spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive")]
    [InlineData("spec: {containers: [{name: c, image: i, volumeMounts: [{name: v, mountPath: /v}]}]}", "spec.containers[0].volumeMounts[0].name: Not found: \"v\"")]
    [InlineData("spec: {containers: [{name: c, image: i, resources: {requests: {cpu: 2}, limits: {cpu: 1}}}]}",
        "spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1")]
    [InlineData("spec: {containers: [{name: c, image: i, livenessProbe: {}}]}", "spec.containers[0].livenessProbe: Required value: must specify a handler type")]
    [InlineData("spec: {volumes: [{name: v, emptyDir: {}, hostPath: {path: /}}], containers: [{name: c, image: i}]}",
        "spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type")]
    [InlineData("spec: {volumes: [{name: v, configMap: {name: c, items: [{key: k, path: ../x}]}}], containers: [{name: c, image: i}]}",
        "spec.volumes[0].configMap.items[0].path: Invalid value: \"../x\": must not contain '..'")]
    public void Invalid_pod_is_refused_with_upstreams_words(string yaml, string error) => Errors<Pod>(yaml).ShouldBe([error]);

    [Fact]
    public void Image_may_change_and_command_may_not()
    {
        var pod = Created<Pod>(Minimal);
        UpdateErrors(pod, p => p.Spec!.Containers![0].Image = "other:1").ShouldBeEmpty();
        UpdateErrors(pod, p => p.Spec!.Containers![0].Command = ["x"]).Single()
            .ShouldStartWith("spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`");
        UpdateErrors(pod, p => p.Spec!.Containers = [.. p.Spec.Containers!, new() { Name = "d", Image = "i" }])
            .ShouldBe(["spec.containers: Forbidden: pod updates may not add or remove containers"]);
    }

    [Fact]
    public void Zero_values_that_a_client_drops_are_no_change()
    {
        var pod = Created<Pod>(Minimal);
        pod.Spec!.HostNetwork = false;
        UpdateErrors(pod, p => p.Spec!.HostNetwork = null).ShouldBeEmpty();
    }

    [Fact]
    public void Tolerations_may_be_added_but_not_removed()
    {
        var pod = Created<Pod>(Minimal);
        pod.Spec!.Tolerations = [new() { Key = "a", Operator = "Exists" }];
        UpdateErrors(pod, p => p.Spec!.Tolerations = [.. p.Spec.Tolerations!, new() { Key = "b", Operator = "Exists" }]).ShouldBeEmpty();
        UpdateErrors(pod, p => p.Spec!.Tolerations = null).ShouldBe(["spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds"]);
    }

    [Fact]
    public void Deletion_waits_only_where_a_node_holds_the_pod()
    {
        var (pod, rules) = (Created<Pod>(Minimal), RulesOf<Pod>());
        rules.GracePeriodSeconds(pod, null).ShouldBe(0);
        pod.Spec!.NodeName = "n";
        rules.GracePeriodSeconds(pod, null).ShouldBe(30);
        pod.Status!.Phase = "Succeeded";
        rules.GracePeriodSeconds(pod, null).ShouldBe(0);
    }

    [Theory]
    [InlineData("{phase: Pending}", "0/1 Pending 0")]
    [InlineData("{phase: Running, containerStatuses: [{name: c, ready: true, state: {running: {}}}]}", "1/1 Running 0")]
    [InlineData("{phase: Pending, containerStatuses: [{name: c, state: {waiting: {reason: ImagePullBackOff}}}]}", "0/1 ImagePullBackOff 0")]
    [InlineData("{phase: Running, containerStatuses: [{name: c, restartCount: 3, state: {waiting: {reason: CrashLoopBackOff}}, " +
        "lastState: {terminated: {exitCode: 1, finishedAt: '1970-04-10T23:58:30Z'}}}]}", "0/1 CrashLoopBackOff 3 (90s ago)")]
    [InlineData("{phase: Failed, containerStatuses: [{name: c, state: {terminated: {exitCode: 2}}}]}", "0/1 ExitCode:2 0")]
    [InlineData("{phase: Succeeded, containerStatuses: [{name: c, state: {terminated: {exitCode: 0, reason: Completed}}}]}", "0/1 Completed 0")]
    [InlineData("{phase: Pending, initContainerStatuses: [{name: i, state: {running: {}}}]}", "0/1 Init:0/0 0")]
    public void Row_says_what_kubectl_prints(string status, string expected)
    {
        var pod = Created<Pod>(Minimal);
        pod.Status = Read<Pod>("status: " + status).Status;
        var row = RulesOf<Pod>().Row(pod, Now);
        $"{row[1]} {row[2]} {row[3]}".ShouldBe(expected);
        row.Length.ShouldBe(RulesOf<Pod>().Columns.Count);
    }
}
