using Platform.Api.ManagedFields;
using Platform.Api.Schema;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Patching;

/// <summary>The versions of a kind for the owners of its objects' fields: also those that are not served, as long as they are declared.</summary>
internal sealed class FieldVersions(ResourceDefinition definition, CancellationToken cancellationToken) : IFieldVersions
{
    public MergeSchema? SchemaOf(string apiVersion) => Find(apiVersion)?.Codec.MergeSchema;

    public async ValueTask<ReadOnlyMemory<byte>> ConvertAsync(ReadOnlyMemory<byte> document, string from, string to)
    {
        var (source, target) = (Find(from), Find(to));
        if (ReferenceEquals(source, target) || target is null)
            return document;
        // The stored version of a built-in kind has no conversion of its own.
        if ((target.Conversion ?? source?.Conversion) is not { } conversion)
            return document;
        return conversion.TryConvert(document, target, out var converted) ? converted : (await conversion.ConvertAsync([document], target, cancellationToken))[0];
    }

    private ResourceDefinition? Find(string apiVersion) => definition.ApiVersion == apiVersion ? definition : definition.Versions.FirstOrDefault(d => d.ApiVersion == apiVersion);
}
