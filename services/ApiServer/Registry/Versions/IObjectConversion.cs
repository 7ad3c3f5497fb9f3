namespace Platform.ApiServer.Registry.Versions;

/// <summary>
/// Converts documents between the versions of one kind. A document says itself, in <c>apiVersion</c>, which version it has: what is stored may have been
/// written before the storage version changed. Metadata goes through unchanged, with the resource version in it or its placeholder, and
/// <c>apiVersion</c>, <c>kind</c> and <c>metadata</c> come first in the result, in the canonical encoding.
/// </summary>
internal interface IObjectConversion
{
    /// <summary>Converts at once, or says that it takes <see cref="ConvertAsync"/>. A document that already has the version comes back as it is.</summary>
    bool TryConvert(ReadOnlyMemory<byte> document, ResourceDefinition to, out ReadOnlyMemory<byte> converted);

    /// <summary>Converts documents, in their order. Throws an <see cref="Platform.Api.Errors.ApiException"/> where that is not possible.</summary>
    ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ConvertAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> documents, ResourceDefinition to, CancellationToken cancellationToken);
}
