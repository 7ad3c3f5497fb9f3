using System.Text;
using Platform.NodeAgent.Server;

namespace Platform.NodeAgent.Tests.Server;

/// <summary>What of a container's log file a client gets.</summary>
public sealed class LogReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-log-").FullName;

    private string Log => Path.Combine(_folder, "0.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Last_lines_are_those_that_were_last_when_they_were_asked_for()
    {
        Append("one", "two", "three");
        (await ReadAsync(new() { TailLines = 2 }, meanwhile: () => Append("four"))).ShouldBe("two\nthree\n");
        (await ReadAsync(new() { TailLines = 9 })).ShouldBe("one\ntwo\nthree\nfour\n");
        (await ReadAsync(new() { TailLines = 0 }, meanwhile: () => Append("five"))).ShouldBe("");
    }

    [Fact]
    public async Task Who_follows_gets_what_comes_behind_the_last_lines()
    {
        Append("one", "two");
        (await ReadAsync(new() { TailLines = 1, Follow = true }, meanwhile: () => Append("three"))).ShouldBe("two\nthree\n");
    }

    [Fact]
    public async Task Lines_can_be_limited_by_bytes_and_shown_with_their_times()
    {
        Append("one", "two");
        (await ReadAsync(new() { LimitBytes = 6 })).ShouldBe("one\ntw");
        (await ReadAsync(new() { TailLines = 1, Timestamps = true })).ShouldBe("2026-01-01T00:00:00Z two\n");
        (await ReadAsync(new() { Since = DateTimeOffset.UnixEpoch })).ShouldBe("one\ntwo\n");
        (await ReadAsync(new() { Since = new(2026, 1, 1, 0, 0, 1, TimeSpan.Zero) })).ShouldBe("");
    }

    [Fact]
    public async Task A_line_in_several_records_is_one()
    {
        File.WriteAllText(Log, "2026-01-01T00:00:00Z stdout P lo\n2026-01-01T00:00:00Z stdout F ng\n");
        (await ReadAsync(new())).ShouldBe("long\n");
    }

    private void Append(params string[] lines) => File.AppendAllLines(Log, lines.Select(line => $"2026-01-01T00:00:00Z stdout F {line}"));

    /// <summary>Reads the log of a container that has ended.</summary>
    /// <param name="query">What of it.</param>
    /// <param name="meanwhile">What happens between finding the place to begin at and reading.</param>
    private async Task<string> ReadAsync(LogQuery query, Action? meanwhile = null)
    {
        using var output = new MemoryStream();
        var reader = new LogReader(Log, TimeProvider.System, () =>
        {
            meanwhile?.Invoke();
            return false;
        });
        await reader.CopyToAsync(output, query, CancellationToken.None);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
