using System.Diagnostics;
using Platform.Storage.Sqlite;

namespace Platform.Storage.Tests;

public sealed class SqliteFullDiskTests
{
    private const int BallastSize = 3 << 20;

    private static readonly Cause Someone = new(null, "tester", DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task Full_disk_fails_writes_clearly_loses_nothing_and_heals_when_there_is_space()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounting a small disk needs root");
        var folder = Directory.CreateTempSubdirectory("platform-full-").FullName;
        Run("mount", "-t", "tmpfs", "-o", "size=8m", "platform-full", folder);
        try
        {
            await CheckAsync(folder);
        }
        finally
        {
            Run("umount", folder);
            Directory.Delete(folder);
        }
    }

    private static async Task CheckAsync(string folder)
    {
        var ballast = Path.Combine(folder, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[BallastSize]);
        Dictionary<string, long> acknowledged = [];
        await using (var store = SqliteStore.Open(Path.Combine(folder, "store")))
        {
            var failure = await FillAsync(store, acknowledged);
            failure.Error.ShouldBe(StorageError.Unavailable);
            failure.Message.ShouldContain("no space is left");
            acknowledged.Count.ShouldBeGreaterThan(5);
            await ShouldHoldAsync(store, acknowledged);

            File.Delete(ballast);
            var healed = await store.CreateAsync("/healed", new byte[100_000], Someone);
            healed.Error.ShouldBe(StorageError.None);
            acknowledged["/healed"] = healed.Revision;
            await ShouldHoldAsync(store, acknowledged);
        }

        await using var reopened = SqliteStore.Open(Path.Combine(folder, "store"));
        await ShouldHoldAsync(reopened, acknowledged);
    }

    private static async Task<StorageException> FillAsync(SqliteStore store, Dictionary<string, long> acknowledged)
    {
        try
        {
            for (var i = 0; ; i++)
                acknowledged[$"/{i}"] = (await store.CreateAsync($"/{i}", new byte[100_000], Someone)).Revision;
        }
        catch (StorageException)
        {
            // A second try fails in the same way rather than by what the first left behind.
            return await Should.ThrowAsync<StorageException>(async () => await store.CreateAsync("/again", new byte[3_000_000], Someone));
        }
    }

    private static async Task ShouldHoldAsync(SqliteStore store, Dictionary<string, long> acknowledged)
    {
        var page = await store.RangeAsync(new("/"));
        page.Items.ToDictionary(item => item.Key, item => item.ModRevision).ShouldBe(acknowledged, ignoreOrder: true);
        page.Items.ShouldAllBe(item => item.Value.Length == 100_000);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
    }
}
