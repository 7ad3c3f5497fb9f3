using Platform.Api.ApiRegistration.V1;

namespace Platform.ApiServer.Aggregation;

/// <summary>
/// Where groups and versions come in discovery: a client that is given a bare name takes the first group that has it. The numbers of built-in groups are upstream's; an
/// administrator can change them in the APIService.
/// </summary>
internal static class GroupPriorities
{
    private const int Custom = 1_000;
    private const int CustomVersion = 100;
    private const int Usual = 15;

    private static readonly Dictionary<string, int> Groups = new(StringComparer.Ordinal)
    {
        // Not an APIService itself: it is what serves them.
        ["apiregistration.k8s.io"] = 20_000,
        [""] = 18_000,
        ["apps"] = 17_800,
        ["events.k8s.io"] = 17_750,
        ["authentication.k8s.io"] = 17_700,
        ["authorization.k8s.io"] = 17_600,
        ["autoscaling"] = 17_500,
        ["batch"] = 17_400,
        ["certificates.k8s.io"] = 17_300,
        ["networking.k8s.io"] = 17_200,
        ["policy"] = 17_100,
        ["rbac.authorization.k8s.io"] = 17_000,
        ["storage.k8s.io"] = 16_800,
        ["apiextensions.k8s.io"] = 16_700,
        ["admissionregistration.k8s.io"] = 16_700,
        ["scheduling.k8s.io"] = 16_600,
        ["coordination.k8s.io"] = 16_500,
        ["node.k8s.io"] = 16_300,
        ["discovery.k8s.io"] = 16_200,
        ["flowcontrol.apiserver.k8s.io"] = 16_100,
    };

    /// <summary>Numbers of a group and version that this server serves itself.</summary>
    public static (int Group, int Version) Of(string group, string version)
    {
        if (!Groups.TryGetValue(group, out var priority))
            return (Custom, CustomVersion);
        var second = (group, version) switch
        {
            ("", _) => 1,
            ("autoscaling", "v2") => 30,
            ("flowcontrol.apiserver.k8s.io", "v1") => 21,
            _ => Usual,
        };
        return (priority, second);
    }

    /// <summary>The same of an APIService.</summary>
    public static (int Group, int Version) Of(APIService service) => (service.Spec?.GroupPriorityMinimum ?? 0, service.Spec?.VersionPriority ?? 0);
}
