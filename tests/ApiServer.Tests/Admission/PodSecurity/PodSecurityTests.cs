using System.Net;
using System.Text.Json.Nodes;
using Platform.Api.Core.V1;
using Platform.Api.Json;
using Platform.ApiServer.Admission.PodSecurity;
using Platform.ApiServer.Tests.Registry;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Tests.Admission.PodSecurity;

/// <summary>https://kubernetes.io/docs/concepts/security/pod-security-admission/</summary>
public sealed class PodSecurityTests
{
    private const string Plain = """{"containers":[{"name":"a","image":"nginx"}]}""";

    private const string Missing = "allowPrivilegeEscalation != false (container \"a\" must set securityContext.allowPrivilegeEscalation=false), "
        + "unrestricted capabilities (container \"a\" must set securityContext.capabilities.drop=[\"ALL\"]), "
        + "runAsNonRoot != true (pod or container \"a\" must set securityContext.runAsNonRoot=true), "
        + "seccompProfile (pod or container \"a\" must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")";

    [Fact]
    public async Task Pod_below_the_enforced_level_is_refused_with_what_it_lacks()
    {
        await using var server = await TestApiServer.StartAsync();
        var calls = ApiCalls.To(server);
        await calls.PostAsync("/api/v1/namespaces", Labelled("enforce", "restricted"));
        var (code, status) = await calls.SendAsync(HttpMethod.Post, "/api/v1/namespaces/n/pods?dryRun=All", Pod(Plain));
        code.ShouldBe(HttpStatusCode.Forbidden);
        ((string?)status["message"]).ShouldBe($"pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\": {Missing}");
    }

    [Fact]
    public async Task Template_below_the_level_is_warned_of_and_kept()
    {
        await using var server = await TestApiServer.StartAsync();
        await ApiCalls.To(server).PostAsync("/api/v1/namespaces", Labelled("warn", "restricted"));
        using var content = new StringContent(
            """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},"""
            + """ "template":{"metadata":{"labels":{"a":"b"}},"spec":"""
            + Plain + "}}}", null, "application/json");
        using var answer = await server.ClientFor(ComponentIdentity.Administrator).PostAsync("/apis/apps/v1/namespaces/n/deployments", content);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var warning = answer.Headers.GetValues("Warning").Single();
        warning.ShouldContain("would violate PodSecurity \\\"restricted:latest\\\": allowPrivilegeEscalation != false");
    }

    [Fact]
    public async Task Labels_that_say_nothing_are_refused()
    {
        await using var server = await TestApiServer.StartAsync();
        var (code, status) = await ApiCalls.To(server).SendAsync(HttpMethod.Post, "/api/v1/namespaces", Labelled("enforce", "strict"));
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string?)status["message"])!.ShouldContain(
            "metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"strict\": must be one of privileged, baseline, restricted");
    }

    [Fact]
    public async Task Raising_the_level_tells_of_the_pods_that_are_there()
    {
        await using var server = await TestApiServer.StartAsync();
        var calls = ApiCalls.To(server);
        await calls.PostAsync("/api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"n"}}""");
        await calls.PostAsync("/api/v1/namespaces/n/serviceaccounts", """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"default"}}""");
        await calls.PostAsync("/api/v1/namespaces/n/pods", Pod("""{"hostNetwork":true,"containers":[{"name":"a","image":"nginx"}]}"""));
        // The plugin counts the pods that its cache has.
        await server.SettledAsync();
        using var content = new StringContent(Labelled("enforce", "baseline"), null, "application/merge-patch+json");
        using var answer = await server.ClientFor(ComponentIdentity.Administrator).PatchAsync("/api/v1/namespaces/n", content);
        answer.Headers.GetValues("Warning").ShouldBe(
        [
            "299 - \"existing pods in namespace \\\"n\\\" violate the new PodSecurity enforce level \\\"baseline:latest\\\"\"",
            "299 - \"p: host namespaces\"",
        ]);
    }

    [Theory]
    [InlineData("baseline", Plain, "")]
    [InlineData("restricted", Plain, Missing)]
    [InlineData("privileged", """{"hostPID":true,"containers":[{"name":"a"}]}""", "")]
    [InlineData("baseline", """{"hostPID":true,"hostIPC":true,"containers":[{"name":"a"}]}""", "host namespaces (hostPID=true, hostIPC=true)")]
    [InlineData("baseline", """{"containers":[{"name":"a","securityContext":{"privileged":true}},{"name":"b","securityContext":{"privileged":true}}]}""",
        "privileged (containers \"a\", \"b\" must not set securityContext.privileged=true)")]
    [InlineData("baseline", """{"containers":[{"name":"a","ports":[{"hostPort":80},{"hostPort":8}]}]}""", "hostPort (container \"a\" uses hostPorts 8, 80)")]
    [InlineData("baseline", """{"containers":[{"name":"a"}],"volumes":[{"name":"v","hostPath":{"path":"/"}}]}""", "hostPath volumes (volume \"v\")")]
    [InlineData("baseline", """{"containers":[{"name":"a","securityContext":{"capabilities":{"add":["CHOWN","SYS_ADMIN"]}}}]}""",
        "non-default capabilities (container \"a\" must not include \"SYS_ADMIN\" in securityContext.capabilities.add)")]
    [InlineData("baseline", """{"containers":[{"name":"a"}],"securityContext":{"sysctls":[{"name":"kernel.msgmax"},{"name":"net.ipv4.tcp_syncookies"}]}}""",
        "forbidden sysctls (kernel.msgmax)")]
    [InlineData("baseline", """{"containers":[{"name":"a"}],"securityContext":{"seccompProfile":{"type":"Unconfined"},"seLinuxOptions":{"type":"x","user":"u"}}}""",
        "seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type \"x\"; user may not be set), "
        + "seccompProfile (pod must not set securityContext.seccompProfile.type to \"Unconfined\")")]
    [InlineData("restricted", """
        {"securityContext":{"runAsNonRoot":true,"runAsUser":0,"seccompProfile":{"type":"RuntimeDefault"}},"volumes":[{"name":"v","nfs":{"server":"s","path":"/"}},{"name":"w"}],
        "containers":[{"name":"a","securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"],"add":["NET_BIND_SERVICE"]}}}]}
        """, "restricted volume types (volume \"v\" uses restricted volume type \"nfs\"), runAsUser=0 (pod must not set runAsUser=0)")]
    public void Findings_are_those_of_the_standards(string level, string spec, string findings) =>
        string.Join(", ", PodSecurityAdmission.Findings(new(null, ApiJson.Decode<PodSpec>(System.Text.Encoding.UTF8.GetBytes(spec))),
            (SecurityLevel)SecurityPolicy.Names.ToList().IndexOf(level))).ShouldBe(findings);

    private static string Labelled(string mode, string level) => new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Namespace",
        ["metadata"] = new JsonObject { ["name"] = "n", ["labels"] = new JsonObject { ["pod-security.kubernetes.io/" + mode] = level } },
    }.ToJsonString();

    private static string Pod(string spec) =>
        new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Pod", ["metadata"] = new JsonObject { ["name"] = "p" }, ["spec"] = JsonNode.Parse(spec) }.ToJsonString();
}
