using Platform.Api;
using Platform.ApiServer.Registry;
using Platform.Storage;

namespace Platform.ApiServer.Watching;

/// <summary>
/// One version of an object: the bytes that GET, LIST and WATCH copy, and what selectors ask about it. Immutable. What needs parsing
/// (fields, the typed value) is read when it is first asked for and then kept; two threads may both compute it, to the same result.
/// </summary>
internal sealed class CachedObject : IKeyed
{
    public const string NameField = "metadata.name";
    public const string NamespaceField = "metadata.namespace";

    private readonly CachedKind _kind;
    private readonly byte[] _framed;
    private readonly int _labelsStart;
    private readonly int _labelsLength;
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
        (_labelsStart, _labelsLength) = LabelWalker.Locate(framed);
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

    /// <summary>The labels' JSON object, for <see cref="LabelWalker"/>; empty where there are none.</summary>
    public ReadOnlySpan<byte> LabelBytes => _framed.AsSpan(_labelsStart, _labelsLength);

    /// <summary>Values of the kind's selectable fields, in the order of the kind's <see cref="SelectableFieldSet"/>.</summary>
    public string[] Fields => _fields ??= _kind.Fields.Count == 0 ? [] : _kind.Fields.Read(Bytes.Span);

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
    public ReadOnlySpan<char> Field(string name)
    {
        if (name == NameField)
            return Name;
        if (name == NamespaceField)
            return Namespace;
        var index = _kind.Fields.IndexOf(name);
        return index < 0 ? default : Fields[index];
    }
}

/// <summary>What all cached objects of a resource share.</summary>
internal sealed record CachedKind(ResourceDefinition Definition, SelectableFieldSet Fields);
