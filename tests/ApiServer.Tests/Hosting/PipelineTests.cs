using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Tests.Hosting;

public sealed class PipelineTests
{
    [Fact]
    public async Task Server_is_ready_and_says_its_version_to_anyone()
    {
        await using var server = await TestApiServer.StartAsync(new() { Tls = true });
        using var anonymous = TlsClient.Anonymous(server);
        (await anonymous.GetStringAsync("readyz")).ShouldBe("ok");
        (await anonymous.GetStringAsync("livez?verbose")).ShouldBe("[+]ping ok\n[+]etcd ok\n[+]poststarthook/rbac/bootstrap-roles ok\nlivez check passed\n");
        var version = await anonymous.GetFromJsonAsync<JsonElement>("version");
        version.GetProperty("gitVersion").GetString().ShouldStartWith("v1.32.");
        version.GetProperty("minor").GetString().ShouldBe("32");
        (await anonymous.GetStringAsync("version")).ShouldStartWith("{\n  \"major\": \"1\",\n  \"minor\": \"32\",\n  \"gitVersion\": ", Case.Sensitive, "upstream indents it");
    }

    [Theory]
    [InlineData("api/v1/nodes")]
    [InlineData("api/v1/nodes/absent")]
    [InlineData("version")]
    public async Task Every_answer_says_that_it_may_not_be_kept_and_by_which_id_it_can_be_talked_about(string path)
    {
        await using var server = await TestApiServer.StartAsync();
        using var admin = server.ClientFor(ComponentIdentity.Administrator);
        using var plain = await admin.GetAsync(path);
        plain.Headers.CacheControl!.ToString().ShouldBe("no-cache, private");
        Guid.Parse(plain.Headers.GetValues("Audit-Id").Single()).ShouldNotBe(Guid.Empty);
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Audit-Id", "mine" } } };
        using var marked = await admin.SendAsync(request);
        marked.Headers.GetValues("Audit-Id").ShouldBe(["mine"]);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("%2e%2e")]
    [InlineData("%2E.")]
    public async Task A_name_of_dots_is_a_name_and_refused(string name)
    {
        await using var server = await TestApiServer.StartAsync(new() { Tls = true });
        var answer = await RawRequest.SendAsync(server, $"/api/v1/namespaces/default/configmaps/{name}");
        answer.ShouldStartWith("HTTP/1.1 400 ");
        answer.ShouldContain("Name parameter invalid");
    }

    [Fact]
    public async Task An_open_watch_does_not_hold_up_the_stop()
    {
        var server = await TestApiServer.StartAsync(new() { Tls = true });
        using var admin = TlsClient.For(server, ComponentIdentity.Administrator);
        using var watch = await admin.GetAsync("api/v1/pods?watch=true", HttpCompletionOption.ResponseHeadersRead);
        var events = watch.Content.ReadAsStringAsync();
        await server.DisposeAsync();
        (await events).ShouldBeEmpty("the watch ends in good order; after five seconds it would be cut off, and its stream be broken");
    }

    [Fact]
    public async Task A_selector_may_be_long()
    {
        await using var server = await TestApiServer.StartAsync(new() { Tls = true });
        using var admin = TlsClient.For(server, ComponentIdentity.Administrator);
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            var selector = Uri.EscapeDataString($"name in ({string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"v{i}"))})");
            using var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/pods?labelSelector={selector}")
            {
                Version = version,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            using var answer = await admin.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Anonymous_list_is_forbidden_in_upstreams_words()
    {
        await using var server = await TestApiServer.StartAsync(new() { Tls = true });
        using var anonymous = TlsClient.Anonymous(server);
        var answer = await anonymous.GetAsync("api/v1/namespaces/default/pods");
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var status = await answer.Content.ReadFromJsonAsync<JsonElement>();
        status.GetProperty("kind").GetString().ShouldBe("Status");
        status.GetProperty("reason").GetString().ShouldBe("Forbidden");
        status.GetProperty("message").GetString().ShouldBe(
            "pods is forbidden: User \"system:anonymous\" cannot list resource \"pods\" in API group \"\" in the namespace \"default\"");
    }

    [Fact]
    public async Task Administrator_over_TLS_is_the_common_name_and_organisations_of_the_certificate()
    {
        await using var server = await TestApiServer.StartAsync(new() { Tls = true });
        using var admin = TlsClient.For(server, ComponentIdentity.Administrator);
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "apis/authentication.k8s.io/v1/selfsubjectreviews")
            {
                Version = version,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = new StringContent("{}", null, "application/json"),
            };
            using var answer = await admin.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
            var user = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetProperty("userInfo");
            user.GetProperty("username").GetString().ShouldBe("kubernetes-admin");
            user.GetProperty("groups").EnumerateArray().Select(g => g.GetString()).ShouldBe(["system:masters", "system:authenticated"]);
        }
    }

    [Fact]
    public async Task Certificate_of_another_authority_is_unauthorized()
    {
        await using var server = await TestApiServer.StartAsync(new() { Tls = true });
        await using var other = await TestApiServer.StartAsync(new() { Tls = true });
        using var stranger = TlsClient.With(server, other.Identities.LoadClient(ComponentIdentity.Administrator));
        var answer = await stranger.GetAsync("api/v1/namespaces");
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reason").GetString().ShouldBe("Unauthorized");
    }

    [Theory]
    [InlineData("api/v1/widgets")]
    [InlineData("api/v2")]
    [InlineData("apis/apps/v1/namespaces/default/widgets")]
    [InlineData("apis/apps/v2")]
    public async Task Unknown_path_of_a_built_in_group_is_a_404_status(string path)
    {
        await using var server = await TestApiServer.StartAsync();
        var answer = await server.ClientFor(ComponentIdentity.Administrator).GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("message").GetString()
            .ShouldBe("the server could not find the requested resource");
    }

    [Theory]
    [InlineData("no/such/path")]
    [InlineData("healthz/nothing")]
    [InlineData("apis/example.com")]
    [InlineData("apis/example.com/v1/namespaces/default/widgets/a")]
    public async Task Any_other_unknown_path_is_a_404_in_plain_text(string path)
    {
        await using var server = await TestApiServer.StartAsync();
        var answer = await server.ClientFor(ComponentIdentity.Administrator).GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        (await answer.Content.ReadAsStringAsync()).ShouldBe("404 page not found\n");
    }

    [Fact]
    public async Task Health_answers_a_load_balancer_that_asks_with_HEAD()
    {
        await using var server = await TestApiServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, "readyz");
        (await server.ClientFor(ComponentIdentity.Administrator).SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Metrics_count_requests_by_verb_and_resource()
    {
        await using var server = await TestApiServer.StartAsync();
        var admin = server.ClientFor(ComponentIdentity.Administrator);
        await admin.GetAsync("api/v1/namespaces/kube-system");
        var text = await admin.GetStringAsync("metrics");
        const string Labels = """component="apiserver",dry_run="",group="",resource="namespaces",scope="resource",subresource="",verb="GET",version="v1" """;
        text.ShouldContain($"apiserver_request_total{{{Labels.TrimEnd()},code=\"200\"}} ");
        text.ShouldContain($"apiserver_request_duration_seconds_count{{{Labels.TrimEnd()}}} ");
        text.ShouldContain($"apiserver_request_sli_duration_seconds_bucket{{{Labels.TrimEnd()},le=\"+Inf\"}} ");
        text.ShouldContain("apiserver_current_inflight_requests{request_kind=\"readOnly\"} ");
        text.ShouldContain("apiserver_storage_objects{resource=\"namespaces\"} 4\n");
        text.ShouldContain("# TYPE process_resident_memory_bytes gauge");
    }

    [Fact]
    public async Task Metrics_have_no_labels_of_what_is_not_served()
    {
        await using var server = await TestApiServer.StartAsync();
        var admin = server.ClientFor(ComponentIdentity.Administrator);
        await admin.GetAsync("apis/made.up/v1/inventions");
        await admin.SendAsync(new(new("FOO"), "api/v1/namespaces"));
        var text = await admin.GetStringAsync("metrics");
        text.ShouldNotContain("inventions");
        text.ShouldNotContain("verb=\"FOO\"");
    }

    /// <summary>https://prometheus.io/docs/instrumenting/exposition_formats/: one head for each family, and each series once.</summary>
    [Fact]
    public async Task Metrics_are_valid_in_the_text_format()
    {
        await using var server = await TestApiServer.StartAsync();
        var text = await server.ClientFor(ComponentIdentity.Administrator).GetStringAsync("metrics");
        var lines = text.TrimEnd('\n').Split('\n');
        lines.Where(l => l.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(l => l.Split(' ')[2]).ShouldBeUnique();
        lines.Where(l => l[0] != '#').Select(l => l[..l.LastIndexOf(' ')]).ShouldBeUnique();
    }

    [Fact]
    public async Task Health_checks_can_be_named_and_excluded()
    {
        await using var server = await TestApiServer.StartAsync();
        var admin = server.ClientFor(ComponentIdentity.Administrator);
        (await admin.GetStringAsync("readyz/etcd")).ShouldBe("ok");
        var report = await admin.GetStringAsync("readyz?verbose&exclude=etcd&exclude=no-such");
        report.ShouldContain("[+]ping ok\n[+]etcd excluded: ok\n");
        report.ShouldContain("warn: some health checks cannot be excluded: no matches for \"no-such\"\n");
    }
}
