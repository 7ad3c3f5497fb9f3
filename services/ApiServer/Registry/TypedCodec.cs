using System.Collections.Concurrent;
using Platform.Api;
using Platform.Api.Json;
using Platform.Api.Schema;

namespace Platform.ApiServer.Registry;

/// <summary>Objects of a declared type.</summary>
internal sealed class TypedCodec : IObjectCodec
{
    private static readonly ConcurrentDictionary<Type, TypedCodec> Known = new();

    private readonly Type _type;

    private TypedCodec(Type type) => _type = type;

    public TypeSchema PatchSchema => TypeSchema.Of(_type);

    public MergeSchema MergeSchema => MergeSchema.Of(PatchSchema);

    public static TypedCodec Of(Type type) => Known.GetOrAdd(type, static t => new(t));

    public KubernetesObject Decode(ReadOnlySpan<byte> json) => (KubernetesObject)ApiJson.Decode(json, _type);

    public byte[] Encode(KubernetesObject value) => ApiJson.Encode((object)value);

    public StrictResult Check(ReadOnlySpan<byte> json) => StrictJson.Check(json, TypeSchema.Of(_type));

    public byte[]? FromStorage(ReadOnlySpan<byte> stored) => null;
}
