using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Errors;
using Platform.Api.Networking.V1;
using Platform.Api.Scheduling.V1;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Watching;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Tests.Watching;

public sealed class ChangeLoopTests
{
    [Fact]
    public async Task Work_is_done_at_once_after_every_change_and_again_where_it_failed()
    {
        var clock = new TestClock();
        await using var server = await TestApiServer.StartAsync(new() { Time = clock });
        var api = server.ApiClientFor(ComponentIdentity.Administrator);
        var registry = server.Services.GetRequiredService<ResourceRegistry>();
        var loop = new ChangeLoop(server.Services.GetRequiredService<WatchCaches>(), [registry.Of<PriorityClass>(), registry.Of<IngressClass>()], clock);
        var runs = Channel.CreateUnbounded<int>();
        var failures = Channel.CreateUnbounded<string>();
        var count = 0;
        using var stop = new CancellationTokenSource();
        var running = loop.RunAsync(
            _ =>
            {
                runs.Writer.TryWrite(++count);
                return count == 1 ? throw ApiErrors.Unavailable("not yet") : Task.CompletedTask;
            },
            reason => failures.Writer.TryWrite(reason),
            stop.Token);

        (await runs.Reader.ReadAsync().AsTask().WaitAsync(Eventually.Patience)).ShouldBe(1);
        (await failures.Reader.ReadAsync().AsTask().WaitAsync(Eventually.Patience)).ShouldContain("not yet");
        await clock.AdvanceUntilAsync(TimeSpan.FromSeconds(1), () => Task.FromResult(runs.Reader.TryPeek(out _)), "it was not tried again");
        (await runs.Reader.ReadAsync()).ShouldBe(2);

        // The quiet one of the two is waited for all the time, and then comes, too.
        for (var i = 0; i < 3; i++)
        {
            await api.Resource<PriorityClass>().CreateAsync(new() { Metadata = new() { Name = $"p{i}" }, Value = i });
            (await runs.Reader.ReadAsync().AsTask().WaitAsync(Eventually.Patience)).ShouldBe(3 + i);
        }
        await api.Resource<IngressClass>().CreateAsync(new() { Metadata = new() { Name = "i" }, Spec = new() { Controller = "example.com/c" } });
        (await runs.Reader.ReadAsync().AsTask().WaitAsync(Eventually.Patience)).ShouldBe(6);

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running.WaitAsync(Eventually.Patience));
        runs.Reader.TryPeek(out _).ShouldBeFalse();
    }
}
