using System.Diagnostics.CodeAnalysis;
using Platform.Api;
using Platform.ApiServer.CustomResources;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Discovery;

/// <summary>What goes into or comes out of an operation: a declared type, or a custom resource or a list of it.</summary>
internal sealed record OpenApiShape(Type? Type, ResourceDefinition? Custom, bool IsList)
{
    public static OpenApiShape Of(Type type) => new(type, null, false);

    /// <summary>An object of a resource.</summary>
    public static OpenApiShape Of(ResourceDefinition definition) =>
        definition.Codec is CustomCodec ? new(null, definition, false) : new(definition.ObjectType, null, false);

    /// <summary>A list of them.</summary>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Lists of all kinds are declared to the JSON codec, so their code is there.")]
    public static OpenApiShape ListOf(ResourceDefinition definition) =>
        definition.Codec is CustomCodec ? new(null, definition, true) : new(typeof(KubernetesList<>).MakeGenericType(definition.ObjectType), null, true);
}
