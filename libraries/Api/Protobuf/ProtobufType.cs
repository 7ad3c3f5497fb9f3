using System.Collections.Concurrent;
using Platform.Api.Schema;

namespace Platform.Api.Protobuf;

/// <summary>A field with its place in the protobuf form of its type.</summary>
/// <param name="Field">The declared field.</param>
/// <param name="Number">Its number in the message that holds it.</param>
/// <param name="Message">Index of that message among <see cref="ProtobufType.Messages"/>.</param>
internal sealed record ProtobufMember(FieldSchema Field, int Number, int Message)
{
    /// <summary>What the field holds.</summary>
    public TypeSchema Type { get; } = Field.Type;
}

/// <summary>A message of a type: the type's own, or one that is embedded in another.</summary>
/// <param name="Parent">Index of the message around it; -1 for the type's own.</param>
/// <param name="Number">Number within that.</param>
internal readonly record struct ProtobufEmbedding(int Parent, int Number);

/// <summary>The protobuf form of a declared type, worked out once from the declaration.</summary>
internal sealed class ProtobufType
{
    private static readonly ConcurrentDictionary<Type, ProtobufType> Known = new();

    private readonly ProtobufMember?[] _byIndex;

    private ProtobufType(TypeSchema schema)
    {
        Schema = schema;
        var messages = new List<ProtobufEmbedding> { new(-1, 0) };
        _byIndex = new ProtobufMember?[schema.Fields.Count];
        foreach (var field in schema.Fields.Values)
        {
            if (ProtobufPaths.Of(schema.Type, field) is not { } path)
                continue;
            var message = 0;
            foreach (var number in path.AsSpan(..^1))
            {
                var next = messages.IndexOf(new(message, number));
                if (next < 0)
                {
                    next = messages.Count;
                    messages.Add(new(message, number));
                }

                message = next;
            }

            _byIndex[field.Index] = new(field, path[^1], message);
        }

        Messages = messages;
        Members = [.. _byIndex.OfType<ProtobufMember>()];
    }

    public TypeSchema Schema { get; }

    /// <summary>The type's own message first; embedded ones behind those that embed them.</summary>
    public IReadOnlyList<ProtobufEmbedding> Messages { get; }

    /// <summary>Fields that are on the wire, in the order of the declaration.</summary>
    public IReadOnlyList<ProtobufMember> Members { get; }

    public static ProtobufType Of(TypeSchema schema) => Known.GetOrAdd(schema.Type, static (_, s) => new(s), schema);

    /// <summary>A field by its JSON name; null where it is not declared or not on the wire.</summary>
    public ProtobufMember? Find(ReadOnlySpan<char> name) => Schema.Find(name) is { } field ? _byIndex[field.Index] : null;
}
