using Platform.ApiServer.Registry.Presentation;

namespace Platform.ApiServer.Tests.Registry.Presentation;

public sealed class FlushPaceTests
{
    private readonly TestClock _clock = new();
    private readonly FlushPace _pace;

    public FlushPaceTests() => _pace = new(_clock);

    [Fact]
    public void A_few_flushes_go_at_once_and_those_behind_them_once_in_each_interval()
    {
        Burst();
        for (var flush = 0; flush < 100; flush++)
        {
            var next = _pace.NextAsync(default);
            next.IsCompleted.ShouldBeFalse();
            _clock.Advance(FlushPace.Interval);
            next.IsCompleted.ShouldBeTrue();
        }
    }

    [Fact]
    public void A_watch_that_was_quiet_may_flush_at_once_again()
    {
        Burst();
        _clock.Advance(FlushPace.Interval * FlushPace.Burst);
        Burst();
    }

    [Fact]
    public async Task A_client_that_goes_is_not_waited_for()
    {
        Burst();
        using var gone = new CancellationTokenSource();
        var late = _pace.NextAsync(gone.Token);
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(late);
    }

    private void Burst()
    {
        for (var flush = 0; flush < FlushPace.Burst; flush++)
            _pace.NextAsync(default).IsCompleted.ShouldBeTrue();
    }
}
