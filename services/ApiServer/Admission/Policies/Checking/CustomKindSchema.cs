using Platform.ApiServer.CustomResources.Rules;
using Platform.ApiServer.CustomResources.Schemas;
using Platform.Cel;
using Platform.Cel.Schemas;

namespace Platform.ApiServer.Admission.Policies.Checking;

/// <summary>
/// The schema of a custom kind with what every object has besides: version, kind and all metadata. Rules of the definition itself may read less of the metadata than a policy may.
/// </summary>
internal sealed class CustomKindSchema(StructuralSchema schema) : ICelSchema
{
    private readonly CelSchema _declared = new(schema);

    public string Type => "object";

    public string Format => "";

    public ICelSchema? Items => null;

    public ICelSchema? AdditionalProperties => null;

    public IEnumerable<KeyValuePair<string, ICelSchema>> Properties =>
    [
        .. _declared.Properties.Where(p => p.Key is not ("apiVersion" or "kind" or "metadata")),
        KeyValuePair.Create<string, ICelSchema>("apiVersion", DeclaredSchema.Of(typeof(string))),
        KeyValuePair.Create<string, ICelSchema>("kind", DeclaredSchema.Of(typeof(string))),
        KeyValuePair.Create<string, ICelSchema>("metadata", DeclaredSchema.Metadata),
    ];

    public bool HasDefault => false;

    public long? MaxItems => null;

    public long? MaxLength => null;

    public long? MaxProperties => null;

    public long? LongestEnum => null;

    public bool IsIntOrString => false;

    public bool IsEmbeddedResource => false;

    public CelListKind ListKind => CelListKind.Atomic;

    public IReadOnlyList<string> ListKeys => [];

    public bool IsRequired(string property) => _declared.IsRequired(property);
}
