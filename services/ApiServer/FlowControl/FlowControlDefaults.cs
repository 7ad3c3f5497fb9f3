using Platform.Api.FlowControl.V1;

namespace Platform.ApiServer.FlowControl;

/// <summary>
/// The objects that every cluster starts with: upstream's mandatory ones, without which requests would belong nowhere, and its suggested ones. They carry
/// an annotation by which the server keeps their specification up to date; a cluster's operator who wants to change one sets it to false.
/// </summary>
internal static class FlowControlDefaults
{
    public const string Exempt = "exempt";
    public const string CatchAll = "catch-all";
    public const string AutoUpdate = "apf.kubernetes.io/autoupdate-spec";

    private const string Authenticated = "system:authenticated";
    private const string Unauthenticated = "system:unauthenticated";
    private const string Manager = "system:kube-controller-manager";
    private const string Scheduler = "system:kube-scheduler";

    private static readonly string[] GetCreateUpdate = ["get", "create", "update"];

    private static readonly PriorityLevelConfiguration ExemptLevel =
        Level(Exempt, new() { Type = "Exempt", Exempt = new() { NominalConcurrencyShares = 0, LendablePercent = 0 } });

    private static readonly PriorityLevelConfiguration CatchAllLevel =
        Level(CatchAll, new() { Type = "Limited", Limited = new() { NominalConcurrencyShares = 5, LendablePercent = 0, LimitResponse = new() { Type = "Reject" } } });

    private static readonly FlowSchema ExemptSchema = Schema(Exempt, Exempt, 1, null, [Group("system:masters")]);

    private static readonly FlowSchema CatchAllSchema = Schema(CatchAll, CatchAll, 10_000, "ByUser", [Group(Unauthenticated), Group(Authenticated)]);

    public static IReadOnlyList<PriorityLevelConfiguration> MandatoryLevels { get; } = [ExemptLevel, CatchAllLevel];

    public static IReadOnlyList<FlowSchema> MandatorySchemas { get; } = [ExemptSchema, CatchAllSchema];

    public static IReadOnlyList<PriorityLevelConfiguration> Levels { get; } =
    [
        .. MandatoryLevels,
        Queued("system", 30, 33, 64, 6),
        Queued("node-high", 40, 25, 64, 6),
        Queued("leader-election", 10, 0, 16, 4),
        Queued("workload-high", 40, 50, 128, 6),
        Queued("workload-low", 100, 90, 128, 6),
        Queued("global-default", 20, 50, 128, 6),
    ];

    public static IReadOnlyList<FlowSchema> Schemas { get; } =
    [
        .. MandatorySchemas,
        Schema("probes", Exempt, 2, null, new PolicyRulesWithSubjects
        {
            Subjects = [Group(Unauthenticated), Group(Authenticated)],
            NonResourceRules = [new() { Verbs = ["get"], NonResourceURLs = ["/healthz", "/readyz", "/livez"] }],
        }),
        Schema("system-leader-election", "leader-election", 100, "ByUser",
            Rules([User(Manager), User(Scheduler), Account("*")], Resource(GetCreateUpdate, "coordination.k8s.io", "leases"))),
        Schema("endpoint-controller", "workload-high", 150, "ByUser",
            Rules([User(Manager), Account("endpoint-controller"), Account("endpointslicemirroring-controller")], Resource(GetCreateUpdate, "", "endpoints"))),
        Schema("workload-leader-election", "leader-election", 200, "ByUser", Rules([Account("*")], Resource(GetCreateUpdate, "coordination.k8s.io", "leases"))),
        Schema("system-node-high", "node-high", 400, "ByUser", Rules([Group("system:nodes")],
            new() { Verbs = ["*"], ApiGroups = [""], Resources = ["nodes", "nodes/status"], Namespaces = ["*"], ClusterScope = true },
            Resource(["*"], "coordination.k8s.io", "leases"))),
        Schema("system-nodes", "system", 500, "ByUser", [Group("system:nodes")]),
        Schema("kube-controller-manager", "workload-high", 800, "ByNamespace", [User(Manager)]),
        Schema("kube-scheduler", "workload-high", 800, "ByNamespace", [User(Scheduler)]),
        Schema("kube-system-service-accounts", "workload-high", 900, "ByNamespace", [Account("*")]),
        Schema("service-accounts", "workload-low", 9_000, "ByUser", [Group("system:serviceaccounts")]),
        Schema("global-default", "global-default", 9_900, "ByUser", [Group(Unauthenticated), Group(Authenticated)]),
    ];

    private static PriorityLevelConfiguration Queued(string name, int shares, int lendable, int queues, int hand) => Level(name, new()
    {
        Type = "Limited",
        Limited = new()
        {
            NominalConcurrencyShares = shares,
            LendablePercent = lendable,
            LimitResponse = new() { Type = "Queue", Queuing = new() { Queues = queues, HandSize = hand, QueueLengthLimit = 50 } },
        },
    });

    private static PriorityLevelConfiguration Level(string name, PriorityLevelConfigurationSpec spec) => new()
    {
        ApiVersion = "flowcontrol.apiserver.k8s.io/v1",
        Kind = "PriorityLevelConfiguration",
        Metadata = new() { Name = name, Annotations = new Dictionary<string, string> { [AutoUpdate] = "true" } },
        Spec = spec,
    };

    /// <summary>A schema about everything that its subjects ask for.</summary>
    private static FlowSchema Schema(string name, string level, int precedence, string? distinguisher, IReadOnlyList<Subject> subjects) =>
        Schema(name, level, precedence, distinguisher, new PolicyRulesWithSubjects
        {
            Subjects = subjects,
            ResourceRules = [new() { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"], Namespaces = ["*"], ClusterScope = true }],
            NonResourceRules = [new() { Verbs = ["*"], NonResourceURLs = ["*"] }],
        });

    private static FlowSchema Schema(string name, string level, int precedence, string? distinguisher, PolicyRulesWithSubjects rules) => new()
    {
        ApiVersion = "flowcontrol.apiserver.k8s.io/v1",
        Kind = "FlowSchema",
        Metadata = new() { Name = name, Annotations = new Dictionary<string, string> { [AutoUpdate] = "true" } },
        Spec = new()
        {
            PriorityLevelConfiguration = new() { Name = level },
            MatchingPrecedence = precedence,
            DistinguisherMethod = distinguisher is null ? null : new() { Type = distinguisher },
            Rules = [rules],
        },
    };

    private static PolicyRulesWithSubjects Rules(IReadOnlyList<Subject> subjects, params ResourcePolicyRule[] rules) => new() { Subjects = subjects, ResourceRules = rules };

    private static ResourcePolicyRule Resource(IReadOnlyList<string> verbs, string group, string resource) =>
        new() { Verbs = verbs, ApiGroups = [group], Resources = [resource], Namespaces = ["*"] };

    private static Subject Group(string name) => new() { Kind = "Group", Group = new() { Name = name } };

    private static Subject User(string name) => new() { Kind = "User", User = new() { Name = name } };

    private static Subject Account(string name) => new() { Kind = "ServiceAccount", ServiceAccount = new() { Namespace = "kube-system", Name = name } };
}
