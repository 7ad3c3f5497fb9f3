using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Api.Authentication.V1;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Tests.Hosting;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Tests.Authentication;

public sealed class ServiceAccountTokenTests
{
    private const string Ns = "default";

    private readonly TestClock _clock = new();

    [Fact]
    public async Task Token_is_the_service_account_with_its_groups()
    {
        await using var server = await StartAsync();
        var token = await RequestAsync(server, new() { ExpirationSeconds = 600 });
        using var client = WithToken(server, token.Status!.Token!);
        var user = await WhoAmI(client);
        user.GetProperty("username").GetString().ShouldBe("system:serviceaccount:default:robot");
        user.GetProperty("groups").EnumerateArray().Select(g => g.GetString())
            .ShouldBe(["system:serviceaccounts", "system:serviceaccounts:default", "system:authenticated"]);
    }

    [Fact]
    public async Task Token_ends_when_it_expires()
    {
        await using var server = await StartAsync();
        var token = await RequestAsync(server, new() { ExpirationSeconds = 600 });
        using var client = WithToken(server, token.Status!.Token!);
        _clock.Advance(TimeSpan.FromSeconds(599));
        (await client.GetAsync("version")).StatusCode.ShouldBe(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await client.GetAsync("version")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Token_ends_when_its_account_is_recreated()
    {
        await using var server = await StartAsync();
        var token = await RequestAsync(server, new());
        var admin = server.ApiClientFor(ComponentIdentity.Administrator).Resource<ServiceAccount>();
        await admin.DeleteAsync(Ns, "robot");
        await admin.CreateAsync(Robot);
        await server.SettledAsync();
        using var client = WithToken(server, token.Status!.Token!);
        (await client.GetAsync("version")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Token_bound_to_a_pod_names_the_pod_and_ends_with_it()
    {
        await using var server = await StartAsync();
        var pods = server.ApiClientFor(ComponentIdentity.Administrator).Resource<Pod>();
        await pods.CreateAsync(new()
        {
            Metadata = new() { Name = "p", Namespace = Ns },
            Spec = new() { ServiceAccountName = "robot", Containers = [new() { Name = "c", Image = "i" }] },
        });
        var token = await RequestAsync(server, new() { BoundObjectRef = new() { Kind = "Pod", ApiVersion = "v1", Name = "p" } });
        using var client = WithToken(server, token.Status!.Token!);
        var user = await WhoAmI(client);
        user.GetProperty("extra").GetProperty("authentication.kubernetes.io/pod-name")[0].GetString().ShouldBe("p");
        await pods.DeleteAsync(Ns, "p", new() { GracePeriodSeconds = 0 });
        await server.SettledAsync();
        _clock.Advance(TimeSpan.FromSeconds(11));
        (await client.GetAsync("version")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Token_for_another_audience_is_refused_and_reviewed_for_that_audience()
    {
        await using var server = await StartAsync();
        var token = await RequestAsync(server, new() { Audiences = ["vault"] });
        using var client = WithToken(server, token.Status!.Token!);
        (await client.GetAsync("version")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ReviewAsync(server, token.Status.Token!, ["vault", "other"])).Audiences.ShouldBe(["vault"]);
        (await ReviewAsync(server, token.Status.Token!, ["other"])).Authenticated.ShouldBe(false);
    }

    [Fact]
    public async Task Changed_token_is_refused()
    {
        await using var server = await StartAsync();
        var parts = (await RequestAsync(server, new())).Status!.Token!.Split('.');
        foreach (var forged in new[]
        {
            $"{parts[0]}.{parts[1][..^2]}AA.{parts[2]}",
            $"{parts[0]}.{parts[1]}.",
            $"eyJhbGciOiJub25lIn0.{parts[1]}.",
            "x",
            "a.b.c",
        })
        {
            using var client = WithToken(server, forged);
            (await client.GetAsync("version")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task Lifetime_below_ten_minutes_is_invalid()
    {
        await using var server = await StartAsync();
        var failure = await Should.ThrowAsync<ApiException>(() => RequestAsync(server, new() { ExpirationSeconds = 599 }));
        failure.Code.ShouldBe(422);
        failure.Message.ShouldContain("may not specify a duration less than 10 minutes");
    }

    [Fact]
    public async Task Node_gets_tokens_only_for_pods_that_run_on_it()
    {
        await using var server = await StartAsync();
        var admin = server.ApiClientFor(ComponentIdentity.Administrator);
        await admin.Resource<Node>().CreateAsync(new() { Metadata = new() { Name = "n1" } });
        await admin.Resource<Pod>().CreateAsync(new()
        {
            Metadata = new() { Name = "p", Namespace = Ns },
            Spec = new() { ServiceAccountName = "robot", NodeName = "n1", Containers = [new() { Name = "c", Image = "i" }] },
        });
        var spec = new TokenRequestSpec { BoundObjectRef = new() { Kind = "Pod", ApiVersion = "v1", Name = "p" } };
        (await RequestAsync(server, spec, ComponentIdentity.Node("n1"))).Status!.Token.ShouldNotBeNull();
        (await Should.ThrowAsync<ApiException>(() => RequestAsync(server, spec, ComponentIdentity.Node("n2")))).Code.ShouldBe(403);
        (await Should.ThrowAsync<ApiException>(() => RequestAsync(server, new(), ComponentIdentity.Node("n1")))).Code.ShouldBe(403);
    }

    [Fact]
    public async Task Key_set_names_the_key_that_signs()
    {
        await using var server = await StartAsync();
        var admin = server.ClientFor(ComponentIdentity.Administrator);
        var keys = await admin.GetFromJsonAsync<JsonElement>("openid/v1/jwks");
        var token = (await RequestAsync(server, new())).Status!.Token!;
        var header = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[0])).RootElement;
        keys.GetProperty("keys")[0].GetProperty("kid").GetString().ShouldBe(header.GetProperty("kid").GetString());
        (await admin.GetFromJsonAsync<JsonElement>(".well-known/openid-configuration")).GetProperty("issuer").GetString()
            .ShouldBe("https://kubernetes.default.svc.cluster.local");
    }

    private static ServiceAccount Robot => new() { Metadata = new() { Name = "robot", Namespace = Ns } };

    private async Task<TestApiServer> StartAsync()
    {
        var server = await TestApiServer.StartAsync(new() { Tls = true, Time = _clock });
        await server.ApiClientFor(ComponentIdentity.Administrator).Resource<ServiceAccount>().CreateAsync(Robot);
        return server;
    }

    private static HttpClient WithToken(TestApiServer server, string token)
    {
        var client = TlsClient.Anonymous(server);
        client.DefaultRequestHeaders.Add("Authorization", "Bearer " + token);
        return client;
    }

    private static Task<TokenRequest> RequestAsync(TestApiServer server, TokenRequestSpec spec, ComponentIdentity? identity = null) =>
        server.ApiClientFor(identity ?? ComponentIdentity.Administrator).Resource<ServiceAccount>()
            .PostAsync<TokenRequest, TokenRequest>(Ns, "robot", "token", new() { Spec = spec });

    private static async Task<JsonElement> WhoAmI(HttpClient client)
    {
        using var answer = await client.PostAsync("apis/authentication.k8s.io/v1/selfsubjectreviews", new StringContent("{}", null, "application/json"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetProperty("userInfo");
    }

    private static async Task<TokenReviewStatus> ReviewAsync(TestApiServer server, string token, IReadOnlyList<string> audiences) =>
        (await server.ApiClientFor(ComponentIdentity.Administrator).Resource<TokenReview>()
            .CreateAsync(new() { Spec = new() { Token = token, Audiences = audiences } })).Status!;
}
