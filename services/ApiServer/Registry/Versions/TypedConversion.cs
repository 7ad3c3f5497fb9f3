using System.Text.Json;
using Platform.Api;
using Platform.Api.Errors;
using Platform.Api.Json;

namespace Platform.ApiServer.Registry.Versions;

/// <summary>The conversion between two versions of a built-in kind: decode, a pure function from type to type, encode.</summary>
/// <param name="storage">Turns the other version into the stored one.</param>
/// <param name="other">Turns the stored version into the other one.</param>
internal sealed class TypedConversion<TStorage, TOther>(Func<TOther, TStorage> storage, Func<TStorage, TOther> other) : IObjectConversion
    where TStorage : KubernetesObject
    where TOther : KubernetesObject
{
    public bool TryConvert(ReadOnlyMemory<byte> document, ResourceDefinition to, out ReadOnlyMemory<byte> converted)
    {
        converted = to.ObjectType == typeof(TOther)
            ? Convert(document.Span, other, to)
            : Convert(document.Span, storage, to);
        return true;
    }

    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ConvertAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> documents, ResourceDefinition to, CancellationToken cancellationToken)
    {
        var result = new ReadOnlyMemory<byte>[documents.Count];
        for (var i = 0; i < result.Length; i++)
            TryConvert(documents[i], to, out result[i]);
        return new(result);
    }

    private static byte[] Convert<TFrom, TTo>(ReadOnlySpan<byte> document, Func<TFrom, TTo> convert, ResourceDefinition to)
        where TFrom : KubernetesObject
        where TTo : KubernetesObject
    {
        try
        {
            var from = ApiJson.Decode<TFrom>(document);
            var result = convert(from);
            result.ApiVersion = to.ApiVersion;
            result.Kind = to.Kind;
            return ApiJson.Encode(result);
        }
        catch (JsonException e)
        {
            throw ApiErrors.BadRequest($"{to.Kind} cannot be converted to {to.ApiVersion}: {JsonFault.Describe(e)}");
        }
    }
}
