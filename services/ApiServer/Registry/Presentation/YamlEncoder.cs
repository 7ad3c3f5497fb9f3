using System.Buffers;
using System.Text.Json;
using Platform.Api.Json;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>YAML, with the members of every object in alphabetical order, as upstream's encoder writes it.</summary>
internal sealed class YamlEncoder : AnswerEncoder
{
    public const string MediaType = "application/yaml";

    public static readonly YamlEncoder Instance = new();

    public override string ContentType => MediaType;

    public override void WriteObject(IBufferWriter<byte> output, ReadOnlySpan<byte> json)
    {
        using var document = JsonYaml.Parse(json);
        JsonYaml.Write(output, document.RootElement);
    }

    public override async Task WriteListAsync(AnswerBody body, ListAnswer list)
    {
        byte[] head = [.. list.JsonHead, .. ListAnswer.JsonEnd];
        using var document = JsonYaml.Parse(head);
        foreach (var member in document.RootElement.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            var isItems = member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() == 0 && member.Name is "items" or "rows";
            if (!isItems || list.Count == 0)
            {
                JsonYaml.WriteMember(body, member);
                continue;
            }
            body.Write(member.Name == "items" ? "items:\n"u8 : "rows:\n"u8);
            for (var i = 0; i < list.Count; i++)
            {
                using var item = JsonYaml.Parse(list.Item(i).Span);
                JsonYaml.WriteItem(body, item.RootElement);
                if (!await body.StepAsync())
                    return;
            }
        }
        await body.EndAsync();
    }
}
