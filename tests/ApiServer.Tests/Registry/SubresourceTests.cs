using System.Net;

namespace Platform.ApiServer.Tests.Registry;

public sealed class SubresourceTests : IAsyncLifetime
{
    private const string Pods = "/api/v1/namespaces/default/pods";
    private const string Deployments = "/apis/apps/v1/namespaces/default/deployments";
    private const string Services = "/api/v1/namespaces/default/services";

    private const string Pod = """{"metadata":{"name":"p"},"spec":{"automountServiceAccountToken":false,"containers":[{"name":"c","image":"i"}]}}""";

    private const string Deployment = """
        {"metadata":{"name":"d"},"spec":{"replicas":2,"selector":{"matchLabels":{"app":"d"}},
        "template":{"metadata":{"labels":{"app":"d"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
        """;

    private TestApiServer _server = null!;
    private ApiCalls _api = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestApiServer.StartAsync();
        _api = ApiCalls.To(_server);
        // The service-account controller makes this one in every namespace of a whole cluster.
        await _api.PostAsync("/api/v1/namespaces/default/serviceaccounts", """{"metadata":{"name":"default"}}""");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Binding_gives_a_pod_its_node_once()
    {
        await _api.PostAsync(Pods, Pod);
        const string Binding = """{"metadata":{"name":"p"},"target":{"kind":"Node","name":"n1"}}""";
        var (code, _) = await _api.SendAsync(HttpMethod.Post, Pods + "/p/binding", Binding);
        code.ShouldBe(HttpStatusCode.Created);
        ((string)(await _api.GetAsync(Pods + "/p"))["spec"]!["nodeName"]!).ShouldBe("n1");
        (await _api.SendAsync(HttpMethod.Post, Pods + "/p/binding", Binding)).Code.ShouldBe(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("PUT", Deployments + "/d/scale", """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"}}""",
        "the API version in the data (apps/v1) does not match the expected API version (autoscaling/v1)")]
    [InlineData("POST", Pods + "/p/eviction", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"}}""",
        "the API version in the data (v1) does not match the expected API version (policy/v1)")]
    [InlineData("POST", "/api/v1/namespaces/default/serviceaccounts/default/token", """{"apiVersion":"v1","kind":"Pod"}""",
        "the API version in the data (v1) does not match the expected API version (authentication.k8s.io/v1)")]
    [InlineData("POST", Pods + "/p/binding", """{"metadata":{"name":"other"},"target":{"name":"n1"}}""", "name in URL does not match name in Binding object")]
    public async Task A_body_that_is_meant_for_something_else_is_refused_and_changes_nothing(string method, string path, string body, string message)
    {
        await _api.PostAsync(Pods, Pod);
        await _api.PostAsync(Deployments, Deployment);
        var (code, status) = await _api.SendAsync(new(method), path, body);
        code.ShouldBe(HttpStatusCode.BadRequest);
        ((string)status["message"]!).ShouldBe(message);
        ((int)(await _api.GetAsync(Deployments + "/d"))["spec"]!["replicas"]!).ShouldBe(2);
        (await _api.GetAsync(Pods + "/p"))["spec"]!["nodeName"].ShouldBeNull();
    }

    [Fact]
    public async Task An_eviction_of_the_former_version_is_one()
    {
        await _api.PostAsync(Pods, Pod);
        var (code, _) = await _api.SendAsync(HttpMethod.Post, Pods + "/p/eviction", """{"apiVersion":"policy/v1beta1","kind":"Eviction","metadata":{"name":"p"}}""");
        code.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_scale_of_an_object_that_is_gone_is_a_conflict()
    {
        await _api.PostAsync(Deployments, Deployment);
        var (code, _) = await _api.SendAsync(HttpMethod.Put, Deployments + "/d/scale", """{"metadata":{"name":"d","uid":"former"},"spec":{"replicas":0}}""");
        code.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_token_request_names_its_own_account()
    {
        var (code, status) = await _api.SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/serviceaccounts/default/token", """{"metadata":{"name":"other"}}""");
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string)status["message"]!).ShouldContain("metadata.name: Invalid value: \"other\": must match the service account name if specified");
    }

    [Fact]
    public async Task A_negative_scale_is_shown_as_the_number_that_it_is()
    {
        await _api.PostAsync(Deployments, Deployment);
        var (code, status) = await _api.SendAsync(HttpMethod.Patch, Deployments + "/d/scale", """{"spec":{"replicas":-1}}""", "application/merge-patch+json");
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string)status["message"]!).ShouldContain("spec.replicas: Invalid value: -1: must be greater than or equal to 0");
    }

    [Fact]
    public async Task A_scale_has_columns_of_its_own()
    {
        await _api.PostAsync(Deployments, Deployment);
        var table = await _api.GetAsync(Deployments + "/d/scale", "application/json;as=Table;v=v1;g=meta.k8s.io");
        ((string?)table["kind"]).ShouldBe("Table");
        string.Join(' ', table["columnDefinitions"]!.AsArray().Select(c => (string?)c!["name"])).ShouldBe("Name Desired Available Age");
        table["rows"]![0]!["cells"]!.AsArray().Take(3).Select(c => c!.ToString()).ShouldBe(["d", "2", "0"]);
    }

    [Theory]
    [InlineData("/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}", "SelfSubjectReview")]
    [InlineData("/apis/authentication.k8s.io/v1/tokenreviews", """{"spec":{"token":"x"}}""", "TokenReview")]
    [InlineData("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", """{"spec":{"nonResourceAttributes":{"path":"/","verb":"get"}}}""", "SelfSubjectAccessReview")]
    public async Task An_answered_question_says_what_it_is_though_the_client_did_not(string path, string question, string kind)
    {
        var answer = await _api.PostAsync(path, question);
        ((string?)answer["kind"]).ShouldBe(kind);
        ((string?)answer["apiVersion"]).ShouldBe(path.Split('/')[2] + "/v1");
        (await _api.SendAsync(HttpMethod.Post, path, """{"kind":"Pod","apiVersion":"v1"}""")).Code.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_scheduled_pod_is_deleted_gracefully_and_at_once_with_grace_0()
    {
        await _api.PostAsync(Pods, Pod);
        await _api.SendAsync(HttpMethod.Post, Pods + "/p/binding", """{"metadata":{"name":"p"},"target":{"name":"n1"}}""");
        var marked = await _api.DeleteAsync(Pods + "/p");
        ((long)marked["metadata"]!["deletionGracePeriodSeconds"]!).ShouldBe(30);
        var shorter = await _api.DeleteAsync(Pods + "/p?gracePeriodSeconds=5");
        ((long)shorter["metadata"]!["deletionGracePeriodSeconds"]!).ShouldBe(5);
        await _api.DeleteAsync(Pods + "/p", """{"gracePeriodSeconds":0}""");
        (await _api.SendAsync(HttpMethod.Get, Pods + "/p")).Code.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_pod_without_a_node_is_deleted_at_once()
    {
        await _api.PostAsync(Pods, Pod);
        await _api.DeleteAsync(Pods + "/p");
        (await _api.SendAsync(HttpMethod.Get, Pods + "/p")).Code.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Status_writes_change_only_the_status()
    {
        await _api.PostAsync(Pods, Pod);
        var (code, pod) = await _api.SendAsync(
            HttpMethod.Patch, Pods + "/p/status", """{"spec":{"nodeName":"sneaky"},"status":{"phase":"Running"}}""", "application/strategic-merge-patch+json");
        code.ShouldBe(HttpStatusCode.OK);
        ((string)pod["status"]!["phase"]!).ShouldBe("Running");
        pod["spec"]!["nodeName"].ShouldBeNull();
    }

    [Fact]
    public async Task Generation_rises_with_the_spec_only()
    {
        var made = await _api.PostAsync(Deployments, Deployment);
        ((long)made["metadata"]!["generation"]!).ShouldBe(1);
        var (_, labelled) = await _api.SendAsync(HttpMethod.Patch, Deployments + "/d", """{"metadata":{"labels":{"a":"b"}}}""", "application/merge-patch+json");
        ((long)labelled["metadata"]!["generation"]!).ShouldBe(1);
        var (_, changed) = await _api.SendAsync(HttpMethod.Patch, Deployments + "/d", """[{"op":"replace","path":"/spec/replicas","value":3}]""", "application/json-patch+json");
        ((long)changed["metadata"]!["generation"]!).ShouldBe(2);
    }

    [Fact]
    public async Task Scale_reads_and_writes_the_number_of_replicas()
    {
        await _api.PostAsync(Deployments, Deployment);
        var scale = await _api.GetAsync(Deployments + "/d/scale");
        ((int)scale["spec"]!["replicas"]!).ShouldBe(2);
        ((string)scale["status"]!["selector"]!).ShouldBe("app=d");
        scale["spec"]!["replicas"] = 5;
        await _api.PutAsync(Deployments + "/d/scale", scale.ToJsonString());
        ((int)(await _api.GetAsync(Deployments + "/d"))["spec"]!["replicas"]!).ShouldBe(5);
    }

    [Fact]
    public async Task Patches_race_and_none_is_lost()
    {
        await _api.CreateConfigMapAsync("a");
        var patches = Enumerable.Range(0, 10).Select(i => _api.SendAsync(
            HttpMethod.Patch, ApiCalls.ConfigMaps + "/a", $$$"""{"data":{"k{{{i}}}":"x"}}""", "application/merge-patch+json"));
        (await Task.WhenAll(patches)).ShouldAllBe(a => a.Code == HttpStatusCode.OK);
        (await _api.GetAsync(ApiCalls.ConfigMaps + "/a"))["data"]!.AsObject().Count.ShouldBe(11);
    }

    [Fact]
    public async Task Namespaces_are_marked_and_go_when_their_finalizer_goes()
    {
        await _api.PostAsync("/api/v1/namespaces", """{"metadata":{"name":"n"}}""");
        var marked = await _api.DeleteAsync("/api/v1/namespaces/n");
        ((string)marked["status"]!["phase"]!).ShouldBe("Terminating");
        marked["spec"]!["finalizers"] = new System.Text.Json.Nodes.JsonArray();
        await _api.PutAsync("/api/v1/namespaces/n/finalize", marked.ToJsonString());
        (await _api.SendAsync(HttpMethod.Get, "/api/v1/namespaces/n")).Code.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Services_get_distinct_addresses_and_node_ports_and_give_them_back()
    {
        var first = await _api.PostAsync(Services, """{"metadata":{"name":"a"},"spec":{"type":"NodePort","ports":[{"port":80}]}}""");
        var ip = (string)first["spec"]!["clusterIP"]!;
        ip.ShouldStartWith("10.128.");
        var port = (int)first["spec"]!["ports"]![0]!["nodePort"]!;
        port.ShouldBeInRange(30000, 32767);
        var wanted = $$$"""{"metadata":{"name":"b"},"spec":{"clusterIP":"{{{ip}}}","type":"NodePort","ports":[{"port":80,"nodePort":{{{port}}}}]}}""";
        (await _api.SendAsync(HttpMethod.Post, Services, wanted)).Code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await _api.DeleteAsync(Services + "/a");
        (await _api.SendAsync(HttpMethod.Get, Services + "/a")).Code.ShouldBe(HttpStatusCode.NotFound);
        (await _api.SendAsync(HttpMethod.Post, Services, wanted)).Code.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_kubernetes_service_has_the_first_address()
    {
        var service = await _api.GetAsync(Services + "/kubernetes");
        ((string)service["spec"]!["clusterIP"]!).ShouldBe("10.128.0.1");
    }
}
