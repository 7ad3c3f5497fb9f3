using Platform.Cel.Values;
using static Platform.Cel.Functions.Declare;

namespace Platform.Cel.Functions;

/// <summary>Kubernetes' authorizer library: a question is put together call by call, and <c>check</c> asks it.</summary>
internal static class AuthorizerFunctions
{
    private static readonly CelType Authorizer = CelAuthorization.AuthorizerType;
    private static readonly CelType PathCheck = CelType.Opaque("kubernetes.authorization.PathCheck");
    private static readonly CelType GroupCheck = CelType.Opaque("kubernetes.authorization.GroupCheck");
    private static readonly CelType ResourceCheck = CelAuthorization.ResourceCheckType;
    private static readonly CelType Decision = CelType.Opaque("kubernetes.authorization.Decision");

    public static IEnumerable<CelOverload> All =>
    [
        Build("path", Authorizer, PathCheck, (q, t) => t.Length == 0 ? null : q with { Path = t }, "path must not be empty"),
        Build("group", Authorizer, GroupCheck, (q, t) => q with { Group = t }),
        Member("serviceAccount", "authorizer_serviceaccount", [Authorizer, CelType.String, CelType.String], Authorizer, ServiceAccount),
        Build("resource", GroupCheck, ResourceCheck, (q, t) => t.Length == 0 ? null : q with { Resource = t }, "resource must not be empty"),
        Build("subresource", ResourceCheck, ResourceCheck, (q, t) => q with { Subresource = t }),
        Build("namespace", ResourceCheck, ResourceCheck, (q, t) => q with { Namespace = t }),
        Build("name", ResourceCheck, ResourceCheck, (q, t) => q with { Name = t }),
        Build("fieldSelector", ResourceCheck, ResourceCheck, (q, t) => q with { FieldSelector = t }),
        Build("labelSelector", ResourceCheck, ResourceCheck, (q, t) => q with { LabelSelector = t }),
        Check(PathCheck), Check(ResourceCheck),
        Member("allowed", "decision_allowed", [Decision], CelType.Bool, v => CelBool.Of(Decided(v[0]).Allowed)),
        Member("reason", "decision_reason", [Decision], CelType.String, v => new CelString(Decided(v[0]).Reason)),
        Member("errored", "decision_errored", [Decision], CelType.Bool, v => CelBool.Of(Decided(v[0]).Error is not null)),
        Member("error", "decision_error", [Decision], CelType.String, v => new CelString(Decided(v[0]).Error ?? "")),
    ];

    private static CelOverload Build(string name, CelType from, CelType to, Func<CelAuthorization, string, CelAuthorization?> with, string failure = "") => Member(
        name, $"{from.Name}_{name}", [from, CelType.String], to,
        v => with(Question(v[0]), ((CelString)v[1]).Value) is { } question ? new CelOpaque(to, question) : new CelError(failure));

    private static CelOverload Check(CelType type) => Member("check", type.Name + "_check", [type, CelType.String], Decision, v =>
    {
        var question = Question(v[0]) with { Verb = ((CelString)v[1]).Value };
        return new CelOpaque(Decision, question.Authorizer.Decide(question));
    });

    private static CelValue ServiceAccount(CelValue[] values)
    {
        var (ns, name) = (((CelString)values[1]).Value, ((CelString)values[2]).Value);
        return ns.Length == 0 || name.Length == 0
            ? new CelError($"Invalid service account {(ns.Length == 0 ? "namespace" : "name")}")
            : new CelOpaque(Authorizer, Question(values[0]) with { ServiceAccount = (ns, name) });
    }

    private static CelAuthorization Question(CelValue value) => (CelAuthorization)((CelOpaque)value).Value;

    private static CelDecision Decided(CelValue value) => (CelDecision)((CelOpaque)value).Value;
}
