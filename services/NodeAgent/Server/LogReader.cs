using System.Text;

namespace Platform.NodeAgent.Server;

/// <summary>Reads a container's log file and goes on reading while the container runs, also when the file is rotated.</summary>
internal sealed class LogReader(string path, TimeProvider time, Func<bool> isRunning)
{
    /// <summary>How often a silent log is checked for whether its container still runs.</summary>
    private static readonly TimeSpan IdleCheck = TimeSpan.FromSeconds(1);

    public async Task CopyToAsync(Stream output, LogQuery query, CancellationToken cancellationToken)
    {
        var writer = new LimitedWriter(output, query.LimitBytes ?? long.MaxValue);
        var file = await OpenAsync(query.Follow, cancellationToken);
        if (file is null)
            return;
        try
        {
            if (query.TailLines is { } last)
                SeekToLastLines(file, last);
            var reader = new StreamReader(file, Encoding.UTF8);
            // Who asks for the last lines does not get those too that are written while they are being read.
            var lines = query.Follow ? long.MaxValue : query.TailLines ?? long.MaxValue;
            using var changed = new Pods.DirectoryChange(Path.GetDirectoryName(path)!);
            while (true)
            {
                var running = isRunning();
                await CopyLinesAsync(reader, writer, query, lines, cancellationToken);
                await output.FlushAsync(cancellationToken);
                if (!query.Follow || writer.Full || !running)
                    return;
                await changed.Signal.WaitAsync(IdleCheck, time, cancellationToken);
                if (!WasRotated(file))
                    continue;
                await CopyLinesAsync(reader, writer, query, lines, cancellationToken);
                await file.DisposeAsync();
                file = Open();
                reader = new(file, Encoding.UTF8);
            }
        }
        finally
        {
            await file.DisposeAsync();
        }
    }

    private FileStream Open() => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private async Task<FileStream?> OpenAsync(bool wait, CancellationToken cancellationToken)
    {
        while (!File.Exists(path))
        {
            if (!wait || !isRunning())
                return null;
            await Task.Delay(IdleCheck, time, cancellationToken);
        }

        return Open();
    }

    /// <summary>After rotation another file has the name; ours has another length than it from then on, and is never shorter than where we are.</summary>
    private bool WasRotated(FileStream open) => File.Exists(path) && new FileInfo(path).Length < open.Position;

    private static async Task CopyLinesAsync(StreamReader reader, LimitedWriter writer, LogQuery query, long lines, CancellationToken cancellationToken)
    {
        for (; lines > 0 && !writer.Full && await reader.ReadLineAsync(cancellationToken) is { } line; lines--)
        {
            if (LogRecord.Parse(line) is not { } record || (query.Since is { } since && record.Time < since))
                continue;
            var text = (query.Timestamps ? record.Timestamp + " " : "") + record.Text + (record.Partial ? "" : "\n");
            await writer.WriteAsync(text, cancellationToken);
        }
    }

    /// <summary>Goes back from the end until that many lines are behind.</summary>
    private static void SeekToLastLines(FileStream file, long lines)
    {
        const int blockSize = 64 * 1024;
        var block = new byte[blockSize];
        var end = file.Length;
        var found = 0L;
        if (lines == 0)
        {
            file.Position = end;
            return;
        }

        for (var start = end; start > 0;)
        {
            var size = (int)Math.Min(blockSize, start);
            start -= size;
            file.Position = start;
            file.ReadExactly(block, 0, size);
            for (var i = size - 1; i >= 0; i--)
            {
                // The newline that ends the last line does not begin another.
                if (block[i] != '\n' || start + i == end - 1 || ++found < lines)
                    continue;
                file.Position = start + i + 1;
                return;
            }
        }

        file.Position = 0;
    }

    private sealed class LimitedWriter(Stream output, long limit)
    {
        private long _left = limit;

        public bool Full => _left <= 0;

        public async Task WriteAsync(string text, CancellationToken cancellationToken)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var count = (int)Math.Min(bytes.Length, _left);
            _left -= count;
            await output.WriteAsync(bytes.AsMemory(0, count), cancellationToken);
        }
    }
}
