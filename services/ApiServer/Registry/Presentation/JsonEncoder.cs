using System.Buffers;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>JSON as it is stored: bytes are copied.</summary>
internal sealed class JsonEncoder : AnswerEncoder
{
    public static readonly JsonEncoder Instance = new();

    public override string ContentType => ObjectResponse.Json;

    public override void WriteObject(IBufferWriter<byte> output, ReadOnlySpan<byte> json) => output.Write(json);

    public override async Task WriteListAsync(AnswerBody body, ListAnswer list)
    {
        if (list.JsonLength is { } length)
            await body.BeginAsync(length);
        body.Write(list.JsonHead);
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0)
                body.Write(","u8);
            body.Write(list.Item(i).Span);
            if (!await body.StepAsync())
                return;
        }
        body.Write(ListAnswer.JsonEnd);
        await body.EndAsync();
    }
}
