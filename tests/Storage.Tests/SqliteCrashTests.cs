using System.Diagnostics;
using System.Globalization;
using Platform.Storage.Sqlite;

namespace Platform.Storage.Tests;

/// <summary>Kills a process that commits under load, again and again, and looks at what it left each time.</summary>
public sealed class SqliteCrashTests : IDisposable
{
    private const int Rounds = 20;
    private const int Writers = 8;
    private const int MaxAcknowledgementsPerRound = 400;
    private const int Seed = 20261122;

    private readonly string _folder = Directory.CreateTempSubdirectory("platform-crash-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_acknowledged_write_survives_a_kill_in_order_and_once()
    {
        var random = new Random(Seed);
        List<Acknowledgement> acknowledged = [];
        for (var round = 0; round < Rounds; round++)
        {
            acknowledged.AddRange(await CommitUntilKilledAsync(random.Next(1, MaxAcknowledgementsPerRound)));
            await CheckAsync(acknowledged);
        }

        acknowledged.Count.ShouldBeGreaterThan(Rounds);
    }

    private async Task<List<Acknowledgement>> CommitUntilKilledAsync(int acknowledgements)
    {
        using var writer = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Platform.Storage.CrashWriter.dll"), _folder, $"{Writers}" },
            RedirectStandardOutput = true,
        })!;
        using var patience = new CancellationTokenSource(Eventually.Patience);
        await using var end = patience.Token.Register(writer.Kill);
        List<Acknowledgement> seen = [];
        while (await writer.StandardOutput.ReadLineAsync() is { } line)
        {
            var parts = line.Split(' ').Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();

            // What was still in the pipe when the process died had been acknowledged as well; only a cut last line was not.
            if (parts.Length == 3)
                seen.Add(new(parts[0], parts[1], parts[2]));
            if (seen.Count == acknowledgements)
                writer.Kill();
        }

        await writer.WaitForExitAsync();
        seen.Count.ShouldBeGreaterThanOrEqualTo(acknowledgements);
        return seen;
    }

    private async Task CheckAsync(List<Acknowledgement> acknowledged)
    {
        await using var store = SqliteStore.Open(_folder);
        var newest = await store.CurrentRevisionAsync();
        List<StorageEvent> commits = [];
        await foreach (var batch in store.WatchAsync("", 0))
        {
            commits.AddRange(batch.Events);
            if (batch.Revision >= newest)
                break;
        }

        commits.Select(commit => commit.Revision).ShouldBe(Enumerable.Range(2, commits.Count).Select(revision => (long)revision));
        var users = commits.ToDictionary(commit => commit.Revision, commit => commit.Cause.User);
        acknowledged.Where(a => users.GetValueOrDefault(a.Revision) != $"{a.Writer} {a.Step}").ShouldBeEmpty();
        foreach (var ofWriter in commits.GroupBy(commit => commit.Key))
        {
            var writer = ofWriter.Key[(ofWriter.Key.LastIndexOf('/') + 1)..];
            ofWriter.Select(commit => commit.Cause.User).ShouldBe(Enumerable.Range(1, ofWriter.Count()).Select(step => $"{writer} {step}"));
            ofWriter.Select(commit => commit.Type).ShouldBe(Enumerable.Range(0, ofWriter.Count()).Select(step => (StorageEventType)(step % 3)));
        }
    }

    private sealed record Acknowledgement(long Writer, long Step, long Revision);
}
