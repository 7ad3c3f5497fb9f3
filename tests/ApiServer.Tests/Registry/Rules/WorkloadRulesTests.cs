using Platform.Api.Apps.V1;
using Platform.Api.Core.V1;
using static Platform.ApiServer.Tests.Registry.Rules.RulesFixture;

namespace Platform.ApiServer.Tests.Registry.Rules;

public sealed class WorkloadRulesTests
{
    private const string Hello = """
        metadata: {name: a, namespace: default}
        spec:
          selector: {matchLabels: {app: hello}}
          template:
            metadata: {labels: {app: hello}}
            spec: {containers: [{name: c, image: 'i:1'}]}
        """;

    [Fact]
    public void Deployment_is_defaulted_as_upstream_defaults_it()
    {
        var deployment = Created<Deployment>(Hello);
        var spec = deployment.Spec!;
        (spec.Replicas, spec.RevisionHistoryLimit, spec.ProgressDeadlineSeconds).ShouldBe((1, 10, 600));
        Json(spec.Strategy!).ShouldBe("""{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"25%","maxSurge":"25%"}}""");
        spec.Template!.Spec!.RestartPolicy.ShouldBe("Always");
        deployment.Metadata.Generation.ShouldBe(1);
        Errors<Deployment>(Hello).ShouldBeEmpty();
    }

    [Fact]
    public void Selector_must_match_the_template()
    {
        Errors<Deployment>(Hello.Replace("labels: {app: hello}", "labels: {app: other}", StringComparison.Ordinal))
            .ShouldBe(["spec.template.metadata.labels: Invalid value: map[string]string{\"app\":\"other\"}: `selector` does not match template `labels`"]);
        Errors<ReplicaSet>(Hello.Replace("selector: {matchLabels: {app: hello}}", "minReadySeconds: 0", StringComparison.Ordinal))
            .ShouldBe(["spec.selector: Required value",
            "spec.template.metadata.labels: Invalid value: map[string]string{\"app\":\"hello\"}: `selector` does not match template `labels`"]);
    }

    [Fact]
    public void Selector_of_a_deployment_is_immutable()
    {
        var errors = UpdateErrors(Created<Deployment>(Hello), d => d.Spec!.Selector = new() { MatchLabels = new Dictionary<string, string> { ["app"] = "hello", ["x"] = "y" } });
        errors[^1].ShouldBe("spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{\"app\":\"hello\", \"x\":\"y\"}, " +
            "MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable");
    }

    [Fact]
    public void Generation_rises_with_the_spec_and_not_with_the_status()
    {
        var (old, rules) = (Created<Deployment>(Hello), RulesOf<Deployment>());
        rules.PrepareForUpdate(Created<Deployment>(Hello), old).ShouldBeFalse();
        var changed = Created<Deployment>(Hello);
        changed.Spec!.Replicas = 2;
        changed.Status = new() { Replicas = 7 };
        rules.PrepareForUpdate(changed, old).ShouldBeTrue();
        changed.Status.ShouldBeSameAs(old.Status);
    }

    [Fact]
    public void Template_may_not_restart_on_failure_only() =>
        Errors<ReplicaSet>(Hello.Replace("spec: {containers", "spec: {restartPolicy: OnFailure, containers", StringComparison.Ordinal))
            .ShouldBe(["spec.template.spec.restartPolicy: Unsupported value: \"OnFailure\": supported values: \"Always\""]);

    [Fact]
    public void Service_is_defaulted_as_upstream_defaults_it()
    {
        var spec = Created<Service>("spec: {selector: {a: b}, ports: [{port: 80}]}").Spec!;
        Json(spec).ShouldBe("""
            {"ports":[{"protocol":"TCP","port":80,"targetPort":80}],"selector":{"a":"b"},"type":"ClusterIP","sessionAffinity":"None","internalTrafficPolicy":"Cluster"}
            """.Trim());
        Created<Service>("spec: {type: NodePort, ports: [{port: 80}]}").Spec!.ExternalTrafficPolicy.ShouldBe("Cluster");
    }

    [Theory]
    [InlineData("spec: {}", "spec.ports: Required value")]
    [InlineData("spec: {ports: [{port: 80}, {port: 81, name: b}]}", "spec.ports[0].name: Required value")]
    [InlineData("spec: {ports: [{port: 0}]}",
        "spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive|spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive")]
    [InlineData("spec: {ports: [{port: 80, nodePort: 30000}]}", "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'")]
    [InlineData("spec: {type: Odd, ports: [{port: 80}]}",
        "spec.type: Unsupported value: \"Odd\": supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"")]
    public void Invalid_service_is_refused(string yaml, string errors) => string.Join("|", Errors<Service>(yaml)).ShouldBe(errors);

    [Fact]
    public void Service_keeps_what_it_was_given_when_an_update_leaves_it_out()
    {
        var service = Created<Service>("spec: {type: NodePort, ports: [{port: 80}]}");
        service.Spec!.ClusterIP = "10.0.0.9";
        service.Spec.ClusterIPs = ["10.0.0.9"];
        service.Spec.Ports![0].NodePort = 30001;
        var update = Created<Service>("spec: {type: NodePort, ports: [{port: 80}]}");
        RulesOf<Service>().PrepareForUpdate(update, service);
        (update.Spec!.ClusterIP, update.Spec.Ports![0].NodePort).ShouldBe(("10.0.0.9", 30001));
        UpdateErrors(service, s => (s.Spec!.ClusterIP, s.Spec.ClusterIPs) = ("10.0.0.8", ["10.0.0.8"]))
            .ShouldBe(["spec.clusterIPs[0]: Invalid value: []string{\"10.0.0.8\"}: may not change once set"]);
    }

    [Fact]
    public void Immutable_config_map_cannot_change()
    {
        var map = Created<ConfigMap>("{data: {a: b}, immutable: true}");
        UpdateErrors(map, m => m.Data = new Dictionary<string, string> { ["a"] = "c" }).ShouldBe(["data: Forbidden: field is immutable when `immutable` is set"]);
        UpdateErrors(map, m => m.Immutable = null).ShouldBe(["immutable: Forbidden: field is immutable when `immutable` is set"]);
        UpdateErrors(map, m => m.Metadata.Labels = new Dictionary<string, string> { ["a"] = "c" }).ShouldBeEmpty();
    }

    [Fact]
    public void String_data_of_a_secret_becomes_data()
    {
        var secret = Created<Secret>("{stringData: {a: b}}");
        (secret.Type, secret.StringData, secret.Data!["a"][0]).ShouldBe(("Opaque", null, (byte)'b'));
        UpdateErrors(secret, s => s.Type = "kubernetes.io/tls").ShouldContain("type: Invalid value: \"kubernetes.io/tls\": field is immutable");
    }

    [Fact]
    public void Namespace_begins_active_with_its_finalizer_and_its_name_as_label()
    {
        var ns = Created<Namespace>("metadata: {name: a}");
        Json(ns).ShouldBe("""{"metadata":{"name":"a","labels":{"kubernetes.io/metadata.name":"a"}},"spec":{"finalizers":["kubernetes"]},"status":{"phase":"Active"}}""");
    }
}
