using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.ServiceDefaults;
using Platform.Storage;

namespace Platform.ApiServer.Tests.Health;

public sealed class HealthTests
{
    private readonly TestClock _clock = new();

    [Theory]
    [InlineData("livez")]
    [InlineData("readyz")]
    [InlineData("healthz")]
    public async Task Each_check_can_be_asked_for_alone(string endpoint)
    {
        await using var server = await TestApiServer.StartAsync();
        using var admin = server.ClientFor(ComponentIdentity.Administrator);
        foreach (var check in (string[])["ping", "etcd", "poststarthook/rbac/bootstrap-roles"])
            (await admin.GetStringAsync($"{endpoint}/{check}")).ShouldBe("ok");
        (await admin.GetStringAsync($"{endpoint}?verbose&exclude=etcd")).ShouldContain("[+]etcd excluded: ok\n");
        (await admin.GetAsync($"{endpoint}/nothing")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_reported_and_not_waited_for()
    {
        var (store, hold) = HeldStore.Create();
        await using var server = await TestApiServer.StartAsync(new() { Time = _clock, Configure = builder => builder.Services.AddSingleton(store) });
        using var admin = server.ClientFor(ComponentIdentity.Administrator);
        var asked = await hold.HoldAsync(() => admin.GetAsync("livez"));
        await _clock.AdvanceUntilAsync(TimeSpan.FromSeconds(1), () => Task.FromResult(asked.IsCompleted), "the check waits for the store");
        using var answer = await asked;
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("[-]etcd failed: no answer within 2 s\n");
        hold.Release();
        (await admin.GetStringAsync("livez")).ShouldBe("ok");
    }
}
