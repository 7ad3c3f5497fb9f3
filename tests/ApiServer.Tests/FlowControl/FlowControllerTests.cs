using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.FlowControl.V1;
using Platform.ApiServer.FlowControl;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Tests.Registry;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Tests.FlowControl;

/// <summary>The real server, with a level of one seat for alice and bob, and requests that stay until the test lets them go.</summary>
public sealed class FlowControllerTests : IAsyncLifetime
{
    private const string Flow = "/apis/flowcontrol.apiserver.k8s.io/v1/";

    private readonly TestClock _clock = new();
    private readonly BlockingHandler _gate = new();
    private TestApiServer _server = null!;
    private ApiCalls _api = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestApiServer.StartAsync(new()
        {
            Time = _clock,
            Configure = builder => builder.Services.AddSingleton<IRequestHandler>(_gate),
        });
        _api = ApiCalls.To(_server);
        await _api.PostAsync("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", """
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"both"},
             "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"cluster-admin"},
             "subjects":[{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"alice"},{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"bob"}]}
            """);
        await _api.PostAsync(Flow + "prioritylevelconfigurations", Level(queues: 16, hand: 4, length: 10, shares: 0).ToJsonString());
        await _api.PostAsync(Flow + "flowschemas", """
            {"apiVersion":"flowcontrol.apiserver.k8s.io/v1","kind":"FlowSchema","metadata":{"name":"tight"},
             "spec":{"priorityLevelConfiguration":{"name":"tight"},"matchingPrecedence":50,"distinguisherMethod":{"type":"ByUser"},
              "rules":[{"subjects":[{"kind":"User","user":{"name":"alice"}},{"kind":"User","user":{"name":"bob"}}],
               "nonResourceRules":[{"verbs":["*"],"nonResourceURLs":["/block"]}]}]}}
            """);
        await _server.SettledAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _gate.Release(1000);
        await _server.DisposeAsync();
        _gate.Dispose();
    }

    [Fact]
    public async Task A_greedy_user_does_not_starve_another()
    {
        var greedy = new List<Task<HttpResponseMessage>> { BlockAsync("alice") };
        (await _gate.EnteredAsync()).ShouldBe("alice");
        for (var i = 1; i <= 40; i++)
        {
            greedy.Add(BlockAsync("alice"));
            await WaitingAsync(i);
        }
        var modest = BlockAsync("bob");
        await WaitingAsync(41);
        // Alice holds four queues, each of which gets a turn before bob's second.
        var before = 0;
        for (_gate.Release(); await _gate.EnteredAsync() != "bob"; _gate.Release())
            before++;
        before.ShouldBeLessThanOrEqualTo(8);
        _gate.Release(1000);
        (await modest).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        foreach (var response in await Task.WhenAll(greedy))
            response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Full_queues_answer_429_and_exempt_requests_pass()
    {
        await _api.PutAsync(Flow + "prioritylevelconfigurations/tight", Level(queues: 1, hand: 1, length: 2, shares: 0).ToJsonString());
        await _server.SettledAsync();
        var first = BlockAsync("alice");
        await _gate.EnteredAsync();
        var queued = new[] { BlockAsync("alice"), BlockAsync("bob") };
        await WaitingAsync(2);
        var refused = await BlockAsync("alice");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        var status = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!;
        ((string?)status["reason"]).ShouldBe("TooManyRequests");
        ((string?)status["message"]).ShouldBe("Too many requests, please try again later.");
        var level = await _api.GetAsync(Flow + "prioritylevelconfigurations/tight");
        refused.Headers.GetValues("X-Kubernetes-PF-PriorityLevel-UID").Single().ShouldBe((string?)level["metadata"]!["uid"]);

        var exempt = _api.Http.GetAsync("/block");
        (await _gate.EnteredAsync()).ShouldNotBe("alice");
        _gate.Release(4);
        (await exempt).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Task.WhenAll([first, .. queued]);
    }

    [Fact]
    public async Task Who_waits_too_long_is_refused()
    {
        var first = BlockAsync("alice");
        await _gate.EnteredAsync();
        var second = BlockAsync("bob");
        await WaitingAsync(1);
        // A waiter is counted a moment before its time begins to run.
        await _clock.AdvanceUntilAsync(FlowController.WaitLimit, () => Task.FromResult(second.IsCompleted), "the second was not refused");
        (await second).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        await WaitingAsync(0);
        _gate.Release();
        (await first).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Who_goes_away_makes_room()
    {
        var first = BlockAsync("alice");
        await _gate.EnteredAsync();
        using var leaving = new CancellationTokenSource();
        var second = BlockAsync("bob", leaving.Token);
        await WaitingAsync(1);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        await WaitingAsync(0);
        _gate.Release();
        await first;
    }

    [Fact]
    public async Task More_seats_let_those_in_who_wait()
    {
        var first = BlockAsync("alice");
        await _gate.EnteredAsync();
        var second = BlockAsync("alice");
        await WaitingAsync(1);
        await _api.PutAsync(Flow + "prioritylevelconfigurations/tight", Level(queues: 16, hand: 4, length: 10, shares: 100).ToJsonString());
        (await _gate.EnteredAsync()).ShouldBe("alice");
        _gate.Release(2);
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task A_schema_says_whether_its_level_exists()
    {
        await ConditionAsync("False", "Found");
        (await _api.SendAsync(HttpMethod.Delete, Flow + "prioritylevelconfigurations/tight")).Code.ShouldBe(HttpStatusCode.OK);
        await ConditionAsync("True", "NotFound");
    }

    [Fact]
    public async Task A_watch_gives_back_its_seat_when_it_has_begun()
    {
        var level = _server.Services.GetRequiredService<FlowControlConfiguration>().Levels.Single(l => l.Name == "global-default");
        using var request = As("alice", ApiCalls.ConfigMaps + "?watch=true");
        using var watch = await _api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        watch.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Eventually.HoldsAsync(() => level.Executing == 0, "the watch keeps its seat");
        _server.Services.GetRequiredService<FlowController>().LongRunning.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Mandatory_objects_come_from_upstream()
    {
        var schemas = (await _api.GetAsync(Flow + "flowschemas"))["items"]!.AsArray().Select(s => (string)s!["metadata"]!["name"]!);
        schemas.ShouldBe(["catch-all", "endpoint-controller", "exempt", "global-default", "kube-controller-manager", "kube-scheduler", "kube-system-service-accounts",
            "probes", "service-accounts", "system-leader-election", "system-node-high", "system-nodes", "tight", "workload-leader-election"]);
        var levels = (await _api.GetAsync(Flow + "prioritylevelconfigurations"))["items"]!.AsArray().Select(s => (string)s!["metadata"]!["name"]!);
        levels.ShouldBe(["catch-all", "exempt", "global-default", "leader-election", "node-high", "system", "tight", "workload-high", "workload-low"]);
    }

    private Task ConditionAsync(string status, string reason) => _server.ApiClientFor(ComponentIdentity.Administrator).Resource<FlowSchema>()
        .UntilAsync(null, "tight", s => s.Status?.Conditions is [var c, ..] && c.Status == status && c.Reason == reason);

    private Task WaitingAsync(int count) => Eventually.HoldsAsync(
        () => _server.Services.GetRequiredService<FlowControlConfiguration>().Levels.Single(l => l.Name == "tight").Waiting == count, $"there are not {count} waiting");

    private async Task<HttpResponseMessage> BlockAsync(string user, CancellationToken cancellationToken = default)
    {
        using var request = As(user, "/block");
        return await _api.Http.SendAsync(request, cancellationToken);
    }

    private static HttpRequestMessage As(string user, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Impersonate-User", user);
        request.Headers.Add("Impersonate-Group", "system:authenticated");
        return request;
    }

    private static JsonObject Level(int queues, int hand, int length, int shares) => new()
    {
        ["apiVersion"] = "flowcontrol.apiserver.k8s.io/v1",
        ["kind"] = "PriorityLevelConfiguration",
        ["metadata"] = new JsonObject { ["name"] = "tight" },
        ["spec"] = new JsonObject
        {
            ["type"] = "Limited",
            ["limited"] = new JsonObject
            {
                ["nominalConcurrencyShares"] = shares,
                ["lendablePercent"] = 0,
                ["borrowingLimitPercent"] = 0,
                ["limitResponse"] = new JsonObject
                {
                    ["type"] = "Queue",
                    ["queuing"] = new JsonObject { ["queues"] = queues, ["handSize"] = hand, ["queueLengthLimit"] = length },
                },
            },
        },
    };
}
