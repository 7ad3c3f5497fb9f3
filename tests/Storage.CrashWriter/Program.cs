using System.Globalization;
using System.Text;
using Platform.Storage;
using Platform.Storage.Sqlite;

// Commits from several writers until it is killed, and says on standard output what was acknowledged: "writer step revision".
// Each writer goes through create, update and delete of its one key; the step is the user in the cause, so that it is in every commit.
const string Prefix = "/registry/crash/";
const int ValueSize = 600;

var (folder, writers) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture));
await using var store = SqliteStore.Open(folder);
var steps = await LastStepsAsync();
var output = Console.OpenStandardOutput();
var gate = new Lock();
await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => WriteAsync(writer, steps[writer]))));

async Task WriteAsync(int writer, int done)
{
    var key = Prefix + writer;
    for (var step = done + 1; ; step++)
    {
        var cause = new Cause(null, $"{writer} {step}", TimeProvider.System.GetUtcNow());
        var value = Encoding.UTF8.GetBytes($"{step}".PadRight(ValueSize));
        var revision = (await store.GetAsync(key))?.ModRevision ?? 0;
        var result = (step % 3) switch
        {
            1 => await store.CreateAsync(key, value, cause),
            2 => await store.UpdateAsync(key, value, revision, cause),
            _ => await store.DeleteAsync(key, revision, cause),
        };
        if (result.Error != StorageError.None)
            throw new InvalidOperationException($"step {step} of writer {writer}: {result.Error}");
        lock (gate)
        {
            output.Write(Encoding.ASCII.GetBytes($"{writer} {step} {result.Revision}\n"));
            output.Flush();
        }
    }
}

async Task<int[]> LastStepsAsync()
{
    var last = new int[writers];
    var newest = await store.CurrentRevisionAsync();
    if (newest == 1)
        return last;
    await foreach (var batch in store.WatchAsync(Prefix, 0))
    {
        foreach (var commit in batch.Events)
        {
            var parts = commit.Cause.User.Split(' ');
            last[int.Parse(parts[0], CultureInfo.InvariantCulture)] = int.Parse(parts[1], CultureInfo.InvariantCulture);
        }

        if (batch.Revision >= newest)
            break;
    }

    return last;
}
