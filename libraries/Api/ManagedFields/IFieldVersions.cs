using Platform.Api.Schema;

namespace Platform.Api.ManagedFields;

/// <summary>
/// The versions of a kind, in any of which an entry of <c>managedFields</c> may name its fields. What an entry holds can only be compared with the object as that version has it.
/// </summary>
public interface IFieldVersions
{
    /// <summary>What objects of a version are; null where there is no such version, or no more.</summary>
    MergeSchema? SchemaOf(string apiVersion);

    /// <summary>A document of one version as another's.</summary>
    ValueTask<ReadOnlyMemory<byte>> ConvertAsync(ReadOnlyMemory<byte> document, string from, string to);
}
