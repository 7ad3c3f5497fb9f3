using System.Text;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>Config maps: keys that can be file names, a size that fits the store, and no change once immutable.</summary>
internal sealed class ConfigMapRules : ResourceRules<ConfigMap>
{
    /// <summary>Largest size of all values together, in bytes.</summary>
    public const int LargestData = 1024 * 1024;

    public override IReadOnlyList<TableColumn> Columns { get; } = [Cells.Name, new("Data", Description: "Number of keys."), Cells.Age];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override IEnumerable<FieldError> Validate(ConfigMap value)
    {
        long size = 0;
        foreach (var (key, text) in value.Data ?? new Dictionary<string, string>())
        {
            size += Encoding.UTF8.GetByteCount(text);
            foreach (var error in NameFormats.ConfigKey(key))
                yield return FieldError.Invalid($"data[{key}]", key, error);
            if (value.BinaryData?.ContainsKey(key) == true)
                yield return FieldError.Invalid($"data[{key}]", key, "duplicate of key present in binaryData");
        }

        foreach (var (key, bytes) in value.BinaryData ?? new Dictionary<string, byte[]>())
        {
            size += bytes.Length;
            foreach (var error in NameFormats.ConfigKey(key))
                yield return FieldError.Invalid($"binaryData[{key}]", key, error);
        }

        if (size > LargestData)
            yield return FieldError.TooLong("[]", LargestData);
    }

    protected override IEnumerable<FieldError> ValidateUpdate(ConfigMap value, ConfigMap old)
    {
        if (old.Immutable != true)
            yield break;
        if (value.Immutable != true)
            yield return FieldError.Forbidden("immutable", "field is immutable when `immutable` is set");
        if (!SemanticEquality.Same(value with { Metadata = new() }, old with { Metadata = new(), BinaryData = value.BinaryData, Immutable = value.Immutable }))
            yield return FieldError.Forbidden("data", "field is immutable when `immutable` is set");
        if (!SemanticEquality.Same(value with { Metadata = new() }, old with { Metadata = new(), Data = value.Data, Immutable = value.Immutable }))
            yield return FieldError.Forbidden("binaryData", "field is immutable when `immutable` is set");
    }

    protected override object?[] Row(ConfigMap value, DateTimeOffset now) =>
        [value.Metadata.Name, (value.Data?.Count ?? 0) + (value.BinaryData?.Count ?? 0), Cells.Since(value.Metadata.CreationTimestamp, now)];
}
