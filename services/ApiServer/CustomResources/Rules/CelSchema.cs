using System.Text;
using System.Text.Json;
using Platform.ApiServer.CustomResources.Schemas;
using Platform.Cel;
using Platform.Cel.Schemas;

namespace Platform.ApiServer.CustomResources.Rules;

/// <summary>A structural schema as the expression language sees it.</summary>
internal sealed class CelSchema(StructuralSchema schema) : ICelSchema
{
    public string Type => schema.Type;

    public string Format => schema.Declared.Format ?? "";

    public ICelSchema? Items => schema.Items is { } items ? new CelSchema(items) : null;

    public ICelSchema? AdditionalProperties => schema.AdditionalProperties is { } additional ? new CelSchema(additional) : null;

    public IEnumerable<KeyValuePair<string, ICelSchema>> Properties => schema.Properties.Select(p => KeyValuePair.Create<string, ICelSchema>(p.Key, new CelSchema(p.Value)));

    public bool HasDefault => schema.HasDefault;

    public long? MaxItems => schema.Declared.MaxItems;

    public long? MaxLength => schema.Declared.MaxLength;

    public long? MaxProperties => schema.Declared.MaxProperties;

    public long? LongestEnum => schema.Enum.Count == 0 ? null
        : schema.Enum.Max(e => (long?)(e?.GetValueKind() == JsonValueKind.String ? Encoding.UTF8.GetByteCount(e.GetValue<string>()) : 0));

    public bool IsIntOrString => schema.IntOrString;

    public bool IsEmbeddedResource => schema.IsEmbeddedResource;

    public CelListKind ListKind => schema.Declared.XKubernetesListType switch
    {
        "set" => CelListKind.Set,
        "map" => CelListKind.Map,
        _ => CelListKind.Atomic,
    };

    public IReadOnlyList<string> ListKeys => schema.Declared.XKubernetesListMapKeys ?? [];

    public bool IsRequired(string property) => schema.Declared.Required?.Contains(property) == true;
}
