using System.Collections.Frozen;
using System.Reflection;
using Platform.Api;
using Platform.ApiServer.Registry.Versions;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry;

/// <summary>
/// A resource as the server sees it: what its type declares, and the pure functions that rule its writes. Built-in kinds have one made
/// from their attributes, custom kinds one made from their schema. Everything else in the server asks this, never the type.
/// </summary>
internal sealed class ResourceDefinition
{
    // Complete before anybody else sees the definitions of a kind, which are made together.
    private readonly List<ResourceDefinition> _others = [];
    private bool? _hasProtobuf;

    public required string Group { get; init; }
    public required string Version { get; init; }
    public required string Plural { get; init; }
    public required string Kind { get; init; }
    public required string Singular { get; init; }
    public required bool Namespaced { get; init; }
    public required IReadOnlyList<string> ShortNames { get; init; }
    public required IReadOnlyList<string> Categories { get; init; }
    public required FrozenSet<string> Verbs { get; init; }
    public required IReadOnlyDictionary<string, SubresourceAttribute> Subresources { get; init; }

    /// <summary>CLR type of the objects, which all custom kinds share. What handles objects of any kind asks the <see cref="Codec"/> instead.</summary>
    public required Type ObjectType { get; init; }

    /// <summary>Whether the kind is a custom one, for the few answers that upstream words differently for those.</summary>
    public bool IsCustom => ObjectType == typeof(CustomResources.CustomObject);

    /// <summary>Reads and writes the objects.</summary>
    public required IObjectCodec Codec { get; init; }

    /// <summary>The definition under which the objects are stored and cached, where this is another shape of the same objects; null: this one.</summary>
    public ResourceDefinition? StoredAs
    {
        get;
        init
        {
            field = value;
            value?._others.Add(this);
        }
    }

    public required ResourceRules Rules { get; init; }

    /// <summary>Kind of lists of it.</summary>
    public string ListKind { get => field ?? Kind + "List"; init; }

    /// <summary>Whether clients may ask for it; a version that only stores is not served.</summary>
    public bool IsServed { get; init; } = true;

    /// <summary>What each use of the version is warned of; null where it is not deprecated.</summary>
    public string? DeprecationWarning { get; init; }

    /// <summary>Where a custom kind keeps what its scale shows; null where it has none.</summary>
    public CustomResources.CustomScale? Scale { get; init; }

    /// <summary>The version in which the objects are stored.</summary>
    public ResourceDefinition Storage => StoredAs ?? this;

    /// <summary>All versions of the same objects, also those that are not served.</summary>
    public IEnumerable<ResourceDefinition> Versions => [Storage, .. Storage._others];

    /// <summary>Converts what is stored to this version, and to the storage version what is written in this one; null where what is stored always has this version.</summary>
    public IObjectConversion? Conversion { get; init; }

    /// <summary>The warning that every request for the resource is answered with; null where its version is not deprecated.</summary>
    public string? Deprecation { get; init; }

    /// <summary>What an object that was converted to this version shares with others.</summary>
    public CachedKind CachedKind => field ??= new(this, new(this));

    /// <summary>Whether objects can be sent as protobuf; custom resources cannot.</summary>
    public bool HasProtobuf => _hasProtobuf ??= Platform.Api.Protobuf.JsonProtobuf.Has(ObjectType);

    /// <summary><c>apps/v1</c>, or <c>v1</c> for the core group.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Prefix of all storage keys of the resource, ending in a slash.</summary>
    public string KeyPrefix => field ??= $"/registry/{(Storage.Group.Length == 0 ? "core" : Storage.Group)}/{Plural}/";

    public string Key(string? ns, string name) => Namespaced ? $"{KeyPrefix}{ns}/{name}" : KeyPrefix + name;

    /// <summary>Name in the storage version of a field that a selector names in this one; empty where there is none.</summary>
    public string StorageField(string label) => StoredAs is null || label is "metadata.name" or "metadata.namespace"
        ? label
        : Rules.SelectableFields.FirstOrDefault(f => f.Name == label)?.StoredName ?? "";

    /// <summary>The declaration of a type that carries <see cref="ResourceAttribute"/>.</summary>
    public static ResourceDefinition From(Type type, ResourceRules rules, ResourceDefinition? storedAs = null, IObjectConversion? conversion = null)
    {
        var declared = type.GetCustomAttribute<ResourceAttribute>() ?? throw new InvalidOperationException($"{type} declares no resource");
        return new()
        {
            Group = declared.Group,
            Version = declared.Version,
            Plural = declared.Plural,
            Kind = declared.Kind,
            Singular = declared.Singular,
            Namespaced = declared.Scope == ResourceScope.Namespaced,
            ShortNames = declared.ShortNames,
            Categories = declared.Categories,
            Verbs = declared.Verbs.ToFrozenSet(StringComparer.Ordinal),
            Subresources = type.GetCustomAttributes<SubresourceAttribute>().ToFrozenDictionary(s => s.Name, StringComparer.Ordinal),
            ObjectType = type,
            Codec = TypedCodec.Of(type),
            Rules = rules,
            StoredAs = storedAs,
            Deprecation = declared.DeprecatedSince is not { } since ? null
                : $"{declared.Group}{(declared.Group.Length > 0 ? "/" : "")}{declared.Version} {declared.Kind} is deprecated in {since}+"
                    + (declared.ReplacedBy is { } other ? $"; use {other}" : ""),
            Conversion = conversion,
        };
    }

    /// <summary>The definition without a subresource that the server does not serve, because its feature is off in 1.32.</summary>
    public ResourceDefinition Without(string subresource) => new()
    {
        Group = Group,
        Version = Version,
        Plural = Plural,
        Kind = Kind,
        Singular = Singular,
        Namespaced = Namespaced,
        ShortNames = ShortNames,
        Categories = Categories,
        Verbs = Verbs,
        Subresources = Subresources.Where(s => s.Key != subresource).ToFrozenDictionary(StringComparer.Ordinal),
        ObjectType = ObjectType,
        Codec = Codec,
        Rules = Rules,
        StoredAs = StoredAs,
        Conversion = Conversion,
    };
}
