using System.Text.Json;
using Platform.Api;
using Platform.Api.Json;
using Platform.Api.Schema;

namespace Platform.ApiServer.Registry;

/// <summary>
/// How the objects of a resource are read and written. Built-in kinds are CLR types (<see cref="TypedCodec"/>), custom kinds are documents under a
/// structural schema. Everything that handles objects of any kind goes through the definition's codec and never asks for the CLR type.
/// </summary>
internal interface IObjectCodec
{
    /// <summary>Reads an object, which is then the caller's own; unknown fields are dropped.</summary>
    /// <exception cref="JsonException">The bytes are not JSON, or a value has the wrong type.</exception>
    KubernetesObject Decode(ReadOnlySpan<byte> json);

    /// <summary>The object as JSON: apiVersion, kind and metadata first.</summary>
    byte[] Encode(KubernetesObject value);

    /// <summary>Finds unknown and repeated fields, and the first value of a wrong type.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    StrictResult Check(ReadOnlySpan<byte> json);

    /// <summary>Declaration for strategic merge patch; null where the kind knows no such patch.</summary>
    TypeSchema? PatchSchema { get; }

    /// <summary>How the objects are merged and owned, for server-side apply.</summary>
    MergeSchema MergeSchema { get; }

    /// <summary>
    /// How stored bytes look to readers today: without fields that the schema has lost since they were written, and with defaults that it has gained.
    /// Null where they are right as they are.
    /// </summary>
    byte[]? FromStorage(ReadOnlySpan<byte> stored);
}
