using Platform.Cel;

namespace Platform.ApiServer.Expressions;

/// <summary>Types of the variables <c>request</c> and <c>namespaceObject</c>: the fields that expressions of admission may read.</summary>
internal static class AdmissionTypes
{
    private static readonly CelType S = CelType.String;
    private static readonly CelType Strings = CelType.List(S);
    private static readonly CelType Labels = CelType.Map(S, S);

    private static readonly CelType Kind = Object("kubernetes.GroupVersionKind", ("group", S), ("version", S), ("kind", S));
    private static readonly CelType Resource = Object("kubernetes.GroupVersionResource", ("group", S), ("version", S), ("resource", S));

    private static readonly CelType User = Object(
        "kubernetes.UserInfo", ("username", S), ("uid", S), ("groups", Strings), ("extra", CelType.Map(S, Strings)));

    private static readonly CelType Condition = Object(
        "kubernetes.NamespaceCondition", ("status", S), ("type", S), ("lastTransitionTime", CelType.Timestamp), ("message", S), ("reason", S));

    private static readonly CelType Metadata = Object(
        "kubernetes.NamespaceMetadata", ("name", S), ("generateName", S), ("namespace", S), ("labels", Labels), ("annotations", Labels), ("UID", S),
        ("creationTimestamp", CelType.Timestamp), ("deletionGracePeriodSeconds", CelType.Int), ("deletionTimestamp", CelType.Timestamp),
        ("generation", CelType.Int), ("resourceVersion", S), ("finalizers", Strings));

    public static CelType Request { get; } = Object(
        "kubernetes.AdmissionRequest", ("kind", Kind), ("resource", Resource), ("subResource", S), ("requestKind", Kind), ("requestResource", Resource),
        ("requestSubResource", S), ("name", S), ("namespace", S), ("operation", S), ("userInfo", User), ("dryRun", CelType.Bool), ("options", CelType.Dyn));

    public static CelType Namespace { get; } = Object(
        "kubernetes.Namespace", ("metadata", Metadata), ("spec", Object("kubernetes.NamespaceSpec", ("finalizers", Strings))),
        ("status", Object("kubernetes.NamespaceStatus", ("conditions", CelType.List(Condition)), ("phase", S))));

    private static CelType Object(string name, params (string Name, CelType Type)[] fields) =>
        CelType.Object(name, () => fields.Select(f => new CelField(f.Name, f.Type, f.Name == "UID" ? "uid" : f.Name)));
}
