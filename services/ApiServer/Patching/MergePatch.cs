using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.Json;

namespace Platform.ApiServer.Patching;

/// <summary>
/// JSON merge patch, RFC 7386: objects are merged, null removes, everything else replaces. The document is not parsed into a tree: what the patch does not speak of,
/// which is nearly all of an object, is copied as it stands.
/// </summary>
internal sealed class MergePatch
{
    private readonly ArrayBufferWriter<byte> _output;

    private MergePatch(int length) => _output = new(length);

    /// <summary>A document with a patch applied.</summary>
    /// <exception cref="JsonException">The document is not JSON.</exception>
    public static ReadOnlyMemory<byte> Apply(ReadOnlySpan<byte> document, JsonObject patch)
    {
        var merge = new MergePatch(Math.Max(document.Length * 5 / 4, 256));
        var reader = new Utf8JsonReader(document, JsonDepth.Reader);
        reader.Read();
        merge.Merge(document, ref reader, patch);
        return merge._output.WrittenMemory;
    }

    /// <summary>Merges changes into the value that the reader has come to, and takes the reader to its end. What is no object counts as an empty one.</summary>
    private void Merge(ReadOnlySpan<byte> document, ref Utf8JsonReader reader, JsonObject changes)
    {
        var members = new Members(this);
        var met = new HashSet<string>(StringComparer.Ordinal);
        if (reader.TokenType != JsonTokenType.StartObject)
            reader.Skip();
        else
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var start = (int)reader.TokenStartIndex;
                var name = reader.GetString()!;
                reader.Read();
                var value = (int)reader.TokenStartIndex;
                if (!changes.TryGetPropertyValue(name, out var change))
                {
                    reader.Skip();
                    members.Next(document[start..(int)reader.BytesConsumed]);
                    continue;
                }
                met.Add(name);
                if (change is not null)
                    members.Next(document[start..value]);
                if (change is JsonObject inner)
                {
                    Merge(document, ref reader, inner);
                    continue;
                }
                reader.Skip();
                if (change is not null)
                    Write(change);
            }
        }
        Add(ref members, changes, met);
        members.End();
    }

    /// <summary>Adds the members that the document did not have.</summary>
    private void Add(ref Members members, JsonObject changes, HashSet<string> met)
    {
        foreach (var (name, change) in changes)
        {
            if (change is null || met.Contains(name))
                continue;
            members.Next(JsonSerializer.SerializeToUtf8Bytes(name, PatchJson.Default.String));
            _output.Write(":"u8);
            if (change is JsonObject inner)
            {
                // Nulls have nothing to remove here, and must not be written either.
                var added = new Members(this);
                Add(ref added, inner, []);
                added.End();
            }
            else
                Write(change);
        }
    }

    private void Write(JsonNode value) => _output.Write(JsonSerializer.SerializeToUtf8Bytes(value, PatchJson.Default.JsonNode));

    /// <summary>The members of one object that is being written.</summary>
    private struct Members
    {
        private readonly MergePatch _merge;
        private bool _any;

        public Members(MergePatch merge)
        {
            _merge = merge;
            merge._output.Write("{"u8);
        }

        /// <summary>Writes a member, or its beginning.</summary>
        public void Next(ReadOnlySpan<byte> text)
        {
            if (_any)
                _merge._output.Write(","u8);
            _any = true;
            _merge._output.Write(text);
        }

        public readonly void End() => _merge._output.Write("}"u8);
    }
}
