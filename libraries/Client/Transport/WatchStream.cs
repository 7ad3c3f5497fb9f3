// A watch's answer is a stream of JSON documents, one per line. Lines are parsed where they lie in the pipe's buffers, so that an
// event costs its object and nothing else; while nothing happens no buffer is held. A stream that ends inside a line was cut off.
using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Platform.Api;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Meta.V1;

namespace Platform.Client.Transport;

/// <summary>Reads the events of a watch.</summary>
internal static class WatchStream
{
    /// <summary>Largest event that is accepted, in bytes. The largest object a server stores is far smaller.</summary>
    internal const int MaxEventBytes = 16 * 1024 * 1024;

    private static readonly StreamPipeReaderOptions Options = new(bufferSize: 16 * 1024, minimumReadSize: 4 * 1024, useZeroByteReads: true);

    public static async IAsyncEnumerable<WatchEvent<T>> ReadAsync<T>(Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        var reader = PipeReader.Create(body, Options);
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(cancellationToken);
                var rest = read.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    var line = rest.Slice(0, end);
                    rest = rest.Slice(rest.GetPosition(1, end));
                    if (!line.IsEmpty)
                        yield return Parse<T>(line);
                }
                if (rest.Length > MaxEventBytes)
                    throw new IOException($"the watch sent an event of more than {MaxEventBytes} bytes");
                if (read.IsCompleted)
                {
                    if (!rest.IsEmpty)
                        throw new IOException("the watch ended in the middle of an event");
                    yield break;
                }
                reader.AdvanceTo(rest.Start, rest.End);
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    internal static WatchEvent<T> Parse<T>(in ReadOnlySequence<byte> line)
        where T : KubernetesObject
    {
        var reader = new Utf8JsonReader(line);
        string? type = null;
        T? value = null;
        ActivityContext cause = default;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                type = reader.GetString();
            }
            else if (reader.ValueTextEquals("object"u8))
            {
                reader.Read();
                if (type == "ERROR")
                    throw Error(ref reader);
                value = JsonSerializer.Deserialize(ref reader, ApiJson.TypeInfo<T>());
            }
            else if (reader.ValueTextEquals("cause"u8))
            {
                reader.Read();
                cause = Cause(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
        if (value is null)
            throw new JsonException("a watch event has no object");
        return new(TypeOf(type), value, cause);
    }

    private static ApiException Error(ref Utf8JsonReader reader)
    {
        var status = JsonSerializer.Deserialize(ref reader, ApiJson.TypeInfo<Status>()) ?? new Status { Code = 500 };
        var seconds = status.Details?.RetryAfterSeconds;
        return new(status, seconds is null ? null : TimeSpan.FromSeconds(seconds.Value));
    }

    private static ActivityContext Cause(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return default;
        }
        ActivityContext cause = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isParent = reader.ValueTextEquals("traceparent"u8);
            reader.Read();
            if (isParent && reader.TokenType == JsonTokenType.String)
                ActivityContext.TryParse(reader.GetString(), null, isRemote: true, out cause);
            else
                reader.Skip();
        }
        return cause;
    }

    private static WatchEventType TypeOf(string? type) => type switch
    {
        "ADDED" => WatchEventType.Added,
        "MODIFIED" => WatchEventType.Modified,
        "DELETED" => WatchEventType.Deleted,
        "BOOKMARK" => WatchEventType.Bookmark,
        _ => throw new JsonException($"a watch event has the unknown type {type}"),
    };
}
