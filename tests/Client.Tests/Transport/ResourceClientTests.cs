using System.Diagnostics;
using System.Net;
using Platform.Api.Core.V1;
using Platform.Api.Errors;

namespace Platform.Client.Tests.Transport;

public sealed class ResourceClientTests
{
    private readonly ScriptedServer _server = new();
    private readonly TestClock _clock = new();

    private IResourceClient<ConfigMap> ConfigMaps => _server.Client(_clock).Resource<ConfigMap>();

    [Fact]
    public async Task A_failure_carries_the_servers_status()
    {
        var call = ConfigMaps.GetAsync("default", "a");
        var exchange = await _server.NextAsync();
        exchange.Path.ShouldBe("/api/v1/namespaces/default/configmaps/a");
        exchange.Reply(Objects.Status(404, "NotFound", "configmaps a not found"), HttpStatusCode.NotFound);
        var failure = await Should.ThrowAsync<ApiException>(call);
        failure.IsNotFound.ShouldBeTrue();
        failure.Message.ShouldBe("configmaps a not found");
    }

    [Fact]
    public async Task A_failure_without_a_status_says_what_came_instead()
    {
        var call = ConfigMaps.GetAsync("default", "a");
        (await _server.NextAsync()).Reply("<html>bad gateway", HttpStatusCode.BadGateway);
        var failure = await Should.ThrowAsync<ApiException>(call);
        failure.Code.ShouldBe(502);
        failure.Message.ShouldContain("bad gateway");
    }

    [Fact]
    public async Task Find_answers_null_for_what_is_not_there()
    {
        var call = ConfigMaps.FindAsync("default", "a");
        (await _server.NextAsync()).Reply(Objects.Status(404, "NotFound", "no"), HttpStatusCode.NotFound);
        (await call).ShouldBeNull();
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_after_the_time_it_names()
    {
        var call = ConfigMaps.GetAsync("default", "a");
        (await _server.NextAsync()).Reply(Objects.Status(429, "TooManyRequests", "busy"), HttpStatusCode.TooManyRequests, retryAfter: 3);
        await _clock.AdvanceToTimerAsync(within: TimeSpan.FromSeconds(3));
        (await _server.NextAsync()).Reply(Objects.ConfigMap("a", 1));
        (await call).Metadata.Name.ShouldBe("a");
    }

    [Fact]
    public async Task A_refused_post_is_the_callers_to_repeat()
    {
        var call = ConfigMaps.CreateAsync(new() { Metadata = new() { Name = "a", Namespace = "default" } });
        var exchange = await _server.NextAsync();
        exchange.Body.ShouldStartWith("""{"apiVersion":"v1","kind":"ConfigMap","metadata":""");
        exchange.Reply(Objects.Status(429, "TooManyRequests", "budget"), HttpStatusCode.TooManyRequests, retryAfter: 7);
        var failure = await Should.ThrowAsync<ApiException>(call);
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task The_current_trace_context_goes_with_the_request()
    {
        using var activity = new Activity("test").Start();
        var call = ConfigMaps.GetAsync("default", "a");
        var exchange = await _server.NextAsync();
        exchange.Request.Headers.GetValues("traceparent").Single().ShouldContain(activity.TraceId.ToString());
        exchange.Reply(Objects.ConfigMap("a", 1));
        await call;
    }

    [Fact]
    public async Task A_list_sends_its_options()
    {
        var call = ConfigMaps.ListAsync(null, new() { LabelSelector = "a in (b,c)", Limit = 5, Continue = "t/=" });
        var exchange = await _server.NextAsync();
        exchange.Path.ShouldBe("/api/v1/configmaps?labelSelector=a in (b,c)&continue=t/=&limit=5");
        exchange.Reply(Objects.List(9, Objects.ConfigMap("a", 1)));
        (await call).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_conflict_is_retried_on_the_newest_version()
    {
        var call = ConfigMaps.UpdateWithRetryAsync("default", "a", map => map with { Data = new Dictionary<string, string> { ["k"] = map.Value() + "!" } });
        (await _server.NextAsync()).Reply(Objects.ConfigMap("a", 1, "one"));
        (await _server.NextAsync()).Reply(Objects.Status(409, "Conflict", "changed"), HttpStatusCode.Conflict);
        (await _server.NextAsync()).Reply(Objects.ConfigMap("a", 2, "two"));
        var put = await _server.NextAsync();
        put.Body.ShouldContain("two!");
        put.Reply(put.Body);
        (await call).Value().ShouldBe("two!");
    }
}
