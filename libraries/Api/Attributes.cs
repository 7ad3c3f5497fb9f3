namespace Platform.Api;

/// <summary>Whether objects of a resource live in a namespace or belong to the cluster as a whole.</summary>
public enum ResourceScope
{
    /// <summary>The path carries <c>/namespaces/{namespace}</c>.</summary>
    Namespaced,

    /// <summary>The path has no namespace.</summary>
    Cluster,
}

/// <summary>
/// Declares that a type is served as a resource. With the attributes of its properties it is the only source for routing,
/// discovery, OpenAPI, patching and the wire codecs of that resource.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ResourceAttribute(string group, string version, string plural, string kind) : Attribute
{
    /// <summary>All verbs that an ordinary resource has, in discovery's order.</summary>
    public static readonly string[] AllVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>API group; empty for the core group.</summary>
    public string Group { get; } = group;

    /// <summary>Version within the group, such as <c>v1</c>.</summary>
    public string Version { get; } = version;

    /// <summary>Plural lower-case name, as in paths.</summary>
    public string Plural { get; } = plural;

    /// <summary>Kind, as in manifests.</summary>
    public string Kind { get; } = kind;

    /// <summary>Singular name; the lower-case kind unless set.</summary>
    public string Singular { get; set; } = kind.ToLowerInvariant();

    /// <summary>Namespaced unless set.</summary>
    public ResourceScope Scope { get; set; } = ResourceScope.Namespaced;

    /// <summary>Abbreviations that clients accept, such as <c>po</c>.</summary>
    public string[] ShortNames { get; set; } = [];

    /// <summary>Groups of resources that clients can ask for at once, such as <c>all</c>.</summary>
    public string[] Categories { get; set; } = [];

    /// <summary>Release of Kubernetes, such as <c>v1.19</c>, from which clients are warned that this version goes away; null where it stays.</summary>
    public string? DeprecatedSince { get; set; }

    /// <summary>What to use instead of a deprecated version, as group, version and kind; null where there is nothing.</summary>
    public string? ReplacedBy { get; set; }

    /// <summary>Verbs that the resource supports; all eight unless set.</summary>
    public string[] Verbs { get; set; } = AllVerbs;
}

/// <summary>Declares a subresource of the resource that the type declares.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SubresourceAttribute(string name) : Attribute
{
    /// <summary>Last path segment, such as <c>status</c>.</summary>
    public string Name { get; } = name;

    /// <summary>Kind of its request and response where it is not the parent's.</summary>
    public string? Kind { get; set; }

    /// <summary>Group of that kind where it is not the parent's.</summary>
    public string? Group { get; set; }

    /// <summary>Version of that kind where it is not the parent's.</summary>
    public string? Version { get; set; }

    /// <summary>Verbs that the subresource supports.</summary>
    public string[] Verbs { get; set; } = [];
}

/// <summary>The property's field number in the protobuf encoding of its type.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ProtoAttribute(int number) : Attribute
{
    /// <summary>Field number, from 1.</summary>
    public int Number { get; } = number;
}

/// <summary>
/// The property must be present. A scalar one defaults to its zero value in the published schema. On a resource it says so of the metadata.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
public sealed class RequiredAttribute : Attribute;

/// <summary>A required scalar whose published schema has no default.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NoDefaultAttribute : Attribute;

/// <summary>The value that the server fills in where the field is absent, as the published schema has it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DefaultAttribute(object value) : Attribute
{
    /// <summary>A string, a number or a boolean.</summary>
    public object Value { get; } = value;
}

/// <summary>The values that a string may have, as the published schema lists them: clients show and complete them. Validation is the kind's own.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EnumAttribute(params string[] values) : Attribute
{
    /// <summary>The values in alphabetical order.</summary>
    public IReadOnlyList<string> Values { get; } = values;
}

/// <summary>How server-side apply merges a list: <c>atomic</c>, <c>set</c>, or <c>map</c> with the keys that identify an item.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ListTypeAttribute(string type, params string[] keys) : Attribute
{
    /// <summary><c>atomic</c>, <c>set</c> or <c>map</c>.</summary>
    public string Type { get; } = type;

    /// <summary>JSON names of the fields that identify an item of a <c>map</c> list.</summary>
    public IReadOnlyList<string> Keys { get; } = keys;
}

/// <summary>How server-side apply merges a map or structure: <c>granular</c> or <c>atomic</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
public sealed class MapTypeAttribute(string type) : Attribute
{
    /// <summary><c>granular</c> or <c>atomic</c>.</summary>
    public string Type { get; } = type;
}

/// <summary>How strategic merge patch treats the field.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PatchStrategyAttribute(string strategy, string? mergeKey = null) : Attribute
{
    /// <summary>Comma-separated: <c>merge</c>, <c>replace</c>, <c>retainKeys</c>.</summary>
    public string Strategy { get; } = strategy;

    /// <summary>JSON name of the field that identifies a list item; null for lists of scalars.</summary>
    public string? MergeKey { get; } = mergeKey;
}

/// <summary>The published name of a field's type where the CLR type does not tell: documents of any shape are all held as JSON.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PublishedAsAttribute(string name) : Attribute
{
    /// <summary>Name in upstream's OpenAPI, of the field itself or of what the list or map holds.</summary>
    public string Name { get; } = name;
}
