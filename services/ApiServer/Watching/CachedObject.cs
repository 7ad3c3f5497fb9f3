using System.Text.Json;
using Platform.Api;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Watching;

/// <summary>
/// One version of an object: the bytes that GET, LIST and WATCH copy, and what selectors ask about it. Immutable. What needs parsing
/// (labels, fields, the typed value) is read when it is first asked for and then kept; two threads may both compute it, to the same result.
/// </summary>
internal sealed class CachedObject
{
    private static readonly IReadOnlyDictionary<string, string> NoLabels = new Dictionary<string, string>();

    private readonly CachedKind _kind;
    private readonly byte[] _framed;
    private IReadOnlyDictionary<string, string>? _labels;
    private string[]? _fields;
    private KubernetesObject? _shared;
    private WeakReference<CachedObject>? _view;

    private CachedObject(CachedKind kind, string key, byte[] framed, long revision)
    {
        _kind = kind;
        _framed = framed;
        Key = key;
        Revision = revision;
        Stored = this;
    }

    /// <summary><c>namespace/name</c>, or the name where the kind has no namespaces.</summary>
    public string Key { get; }

    /// <summary>Revision of the write that made this version.</summary>
    public long Revision { get; }

    /// <summary>The stamped object as JSON.</summary>
    public ReadOnlyMemory<byte> Bytes => _framed.AsMemory(0, _framed.Length - Stamp.FrameEnd.Length);

    /// <summary>The stamped object with the end of a watch frame behind it.</summary>
    public ReadOnlyMemory<byte> Framed => _framed;

    public ResourceDefinition Definition => _kind.Definition;

    public ReadOnlySpan<char> Namespace => _kind.Definition.Namespaced ? Key.AsSpan(0, Key.IndexOf('/')) : default;

    public ReadOnlySpan<char> Name => _kind.Definition.Namespaced ? Key.AsSpan(Key.IndexOf('/') + 1) : Key;

    public IReadOnlyDictionary<string, string> Labels => _labels ??= ReadLabels(Bytes.Span);

    /// <summary>The typed value, shared by everything that asks: never change it.</summary>
    public KubernetesObject Shared => _shared ??= Decode();

    /// <summary>Whether the bytes are the stored ones; false where the kind's schema has changed and readers see the object as it is written today.</summary>
    public bool IsAsStored { get; private init; }

    public static CachedObject From(CachedKind kind, string key, ReadOnlySpan<byte> stored, long revision) =>
        kind.Definition.Codec.FromStorage(stored) is { } changed
            ? new(kind, key, Stamp.Frame(changed, revision), revision)
            : new(kind, key, Stamp.Frame(stored, revision), revision) { IsAsStored = true };

    /// <summary>The object as it lies in the cache, of which this one may be a conversion.</summary>
    public CachedObject Stored { get; private init; }

    /// <summary>The object in another version, where somebody else (another watcher) still has it.</summary>
    public CachedObject? View(ResourceDefinition definition) =>
        _view is not null && _view.TryGetTarget(out var view) && ReferenceEquals(view.Definition, definition) ? view : null;

    /// <summary>The object in another version, into which it has just been converted.</summary>
    public CachedObject As(ResourceDefinition definition, ReadOnlyMemory<byte> converted)
    {
        var framed = GC.AllocateUninitializedArray<byte>(converted.Length + Stamp.FrameEnd.Length);
        converted.Span.CopyTo(framed);
        Stamp.FrameEnd.CopyTo(framed.AsSpan(converted.Length));
        var view = new CachedObject(definition.CachedKind, Key, framed, Revision) { Stored = this };
        _view = new(view);
        return view;
    }

    /// <summary>A typed value of the caller's own.</summary>
    public KubernetesObject Decode() => _kind.Definition.Codec.Decode(Bytes.Span);

    /// <summary>Value of a selectable field; empty where the object has none.</summary>
    public string Field(string name)
    {
        if (name == "metadata.name")
            return Name.ToString();
        if (name == "metadata.namespace")
            return Namespace.ToString();
        var index = _kind.Fields.IndexOf(name);
        return index < 0 ? "" : (_fields ??= _kind.Fields.Read(Bytes.Span))[index];
    }

    private static IReadOnlyDictionary<string, string> ReadLabels(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!Enter(ref reader, "metadata"u8, depth: 1) || !Enter(ref reader, "labels"u8, depth: 2))
            return NoLabels;
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            found[key] = reader.GetString() ?? "";
        }
        return found;
    }

    /// <summary>Moves to the start of the object that a member of the present object holds.</summary>
    private static bool Enter(ref Utf8JsonReader reader, ReadOnlySpan<byte> member, int depth)
    {
        if (depth == 1)
            reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var matches = reader.ValueTextEquals(member);
            reader.Read();
            if (matches)
                return reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
        }
        return false;
    }
}

/// <summary>What all cached objects of a resource share.</summary>
internal sealed record CachedKind(ResourceDefinition Definition, SelectableFieldSet Fields);
