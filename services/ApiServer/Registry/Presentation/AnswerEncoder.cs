using System.Buffers;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>
/// Writes API objects in one encoding. Everything begins as JSON, which is how objects are stored and how the server makes the others; an encoder turns
/// those bytes into its own form without making objects of them. Every answer that is an API object goes through one of these.
/// </summary>
internal abstract class AnswerEncoder
{
    /// <summary>Media type of the answer.</summary>
    public abstract string ContentType { get; }

    /// <summary>Writes one object.</summary>
    public abstract void WriteObject(IBufferWriter<byte> output, ReadOnlySpan<byte> json);

    /// <summary>Writes a list, one item at a time, so that it is never in memory as a whole.</summary>
    public abstract Task WriteListAsync(AnswerBody body, ListAnswer list);

    /// <summary>The encoder of a format.</summary>
    public static AnswerEncoder Of(AnswerFormat format) => format switch
    {
        AnswerFormat.PrettyJson => PrettyJsonEncoder.Instance,
        AnswerFormat.Yaml => YamlEncoder.Instance,
        AnswerFormat.Protobuf => ProtobufEncoder.Instance,
        _ => JsonEncoder.Instance,
    };
}
