using Platform.ApiServer.Registry.Presentation;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry.Versions;

/// <summary>
/// One stored object in several shapes. Objects of a kind with several versions lie under one key prefix and in one watch cache, in the version of
/// <see cref="ResourceDefinition.Storage"/>. Everything between the store and the request works in the version that the request asks for, rules
/// included: what is read is converted on its way out of the cache, and what is written is converted just before it is committed. A kind with one version has
/// no conversion, and then every method here hands back what it was given.
/// </summary>
internal static class ObjectVersions
{
    /// <summary>Objects that are converted in one call, which may be one request to a webhook.</summary>
    public const int BatchSize = 500;

    /// <summary>A cached object in a version.</summary>
    public static ValueTask<CachedObject> InVersionAsync(this CachedObject item, ResourceDefinition wanted, CancellationToken cancellationToken)
    {
        if (wanted.Conversion is not { } conversion)
            return new(item);
        if (item.View(wanted) is { } known)
            return new(known);
        return conversion.TryConvert(item.Bytes, wanted, out var converted) ? new(item.AsConverted(wanted, converted)) : ConvertAsync(item, wanted, cancellationToken);
    }

    /// <summary>Cached objects in a version, in their order.</summary>
    public static async ValueTask<IReadOnlyList<CachedObject>> InVersionAsync(
        this IReadOnlyList<CachedObject> items, ResourceDefinition wanted, CancellationToken cancellationToken)
    {
        if (wanted.Conversion is not { } conversion || items.Count == 0)
            return items;
        var result = new CachedObject[items.Count];
        List<int> waiting = [];
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].View(wanted) is { } known)
                result[i] = known;
            else if (conversion.TryConvert(items[i].Bytes, wanted, out var converted))
                result[i] = items[i].AsConverted(wanted, converted);
            else
                waiting.Add(i);
        }
        foreach (var batch in waiting.Chunk(BatchSize))
        {
            var converted = await conversion.ConvertAsync([.. batch.Select(i => items[i].Bytes)], wanted, cancellationToken);
            for (var i = 0; i < batch.Length; i++)
                result[batch[i]] = items[batch[i]].As(wanted, converted[i]);
        }
        return result;
    }

    /// <summary>A page of a list in a version.</summary>
    public static async ValueTask<ListPage> InVersionAsync(this ListPage page, ResourceDefinition wanted, CancellationToken cancellationToken) =>
        wanted.Conversion is null ? page : page with { Items = await page.Items.InVersionAsync(wanted, cancellationToken) };

    /// <summary>An encoded object of a version as it is stored.</summary>
    public static ValueTask<byte[]> ToStorageAsync(ResourceDefinition definition, byte[] encoded, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(definition.Storage, definition))
            return new(encoded);
        var conversion = definition.Conversion
            ?? throw new InvalidOperationException($"{definition.ApiVersion} {definition.Kind} is stored in another version without a conversion");
        return conversion.TryConvert(encoded, definition.Storage, out var converted)
            ? new(converted.ToArray())
            : ConvertAsync(conversion, definition.Storage, encoded, cancellationToken);
    }

    /// <summary>The object with its converted bytes; itself where it had the version already.</summary>
    private static CachedObject AsConverted(this CachedObject item, ResourceDefinition wanted, ReadOnlyMemory<byte> converted) =>
        converted.Equals(item.Bytes) && ReferenceEquals(item.Definition, wanted) ? item : item.As(wanted, converted);

    private static async ValueTask<byte[]> ConvertAsync(IObjectConversion conversion, ResourceDefinition wanted, byte[] encoded, CancellationToken cancellationToken) =>
        (await conversion.ConvertAsync([encoded], wanted, cancellationToken))[0].ToArray();

    private static async ValueTask<CachedObject> ConvertAsync(CachedObject item, ResourceDefinition wanted, CancellationToken cancellationToken) =>
        item.As(wanted, (await wanted.Conversion!.ConvertAsync([item.Bytes], wanted, cancellationToken))[0]);
}
