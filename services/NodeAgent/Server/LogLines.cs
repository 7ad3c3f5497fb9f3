using System.Globalization;

namespace Platform.NodeAgent.Server;

/// <summary>One line of a container's log file: <c>TIME STREAM P|F TEXT</c>, where P says that the line goes on in the next record.</summary>
internal readonly record struct LogRecord(string Timestamp, string Stream, bool Partial, string Text)
{
    public static LogRecord? Parse(string line) =>
        line.Split(' ', 4) is [var time, var stream, var tag, var text] ? new(time, stream, tag.StartsWith('P'), text) : null;

    public DateTimeOffset? Time =>
        DateTimeOffset.TryParse(Timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}

/// <summary>What of a log is wanted.</summary>
internal sealed record LogQuery
{
    public bool Follow { get; init; }

    /// <summary>Lines from the end; null for all.</summary>
    public long? TailLines { get; init; }

    public DateTimeOffset? Since { get; init; }

    public bool Timestamps { get; init; }

    public long? LimitBytes { get; init; }

    /// <summary>Log of the instance before.</summary>
    public bool Previous { get; init; }
}
