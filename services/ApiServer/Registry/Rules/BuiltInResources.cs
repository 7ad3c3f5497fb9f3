using Platform.Api.Apps.V1;
using Platform.Api.Authentication.V1;
using Platform.Api.Authorization.V1;
using Platform.Api.Coordination.V1;
using Platform.Api.Core.V1;
using Platform.Api.Discovery.V1;
using Platform.Api.Rbac.V1;
using Platform.Api.Scheduling.V1;

namespace Platform.ApiServer.Registry.Rules;

/// <summary>The resources that the server brings along, each with its declaration and its rules.</summary>
internal static class BuiltInResources
{
    /// <summary>Resources whose objects are stored.</summary>
    public static IReadOnlyList<ResourceDefinition> Stored { get; } =
    [
        ResourceDefinition.From(typeof(ConfigMap), new PlainRules()),
        ResourceDefinition.From(typeof(Endpoints), new PlainRules()),
        ResourceDefinition.From(typeof(Event), new PlainRules()),
        ResourceDefinition.From(typeof(Namespace), new PlainRules()),
        ResourceDefinition.From(typeof(Node), new PlainRules()),
        ResourceDefinition.From(typeof(Pod), new PlainRules()),
        ResourceDefinition.From(typeof(PodTemplate), new PlainRules()),
        ResourceDefinition.From(typeof(Secret), new PlainRules()),
        ResourceDefinition.From(typeof(ServiceAccount), new PlainRules()),
        ResourceDefinition.From(typeof(Service), new PlainRules()),
        ResourceDefinition.From(typeof(Deployment), new PlainRules()),
        ResourceDefinition.From(typeof(ReplicaSet), new PlainRules()),
        ResourceDefinition.From(typeof(Lease), new PlainRules()),
        ResourceDefinition.From(typeof(EndpointSlice), new PlainRules()),
        ResourceDefinition.From(typeof(ClusterRole), new PlainRules()),
        ResourceDefinition.From(typeof(ClusterRoleBinding), new PlainRules()),
        ResourceDefinition.From(typeof(Role), new PlainRules()),
        ResourceDefinition.From(typeof(RoleBinding), new PlainRules()),
        ResourceDefinition.From(typeof(PriorityClass), new PlainRules()),
    ];

    /// <summary>Resources that are only asked: a create is answered and nothing is kept.</summary>
    public static IReadOnlyList<ResourceDefinition> Virtual { get; } =
    [
        ResourceDefinition.From(typeof(Binding), new PlainRules()),
        ResourceDefinition.From(typeof(SelfSubjectReview), new PlainRules()),
        ResourceDefinition.From(typeof(TokenReview), new PlainRules()),
        ResourceDefinition.From(typeof(LocalSubjectAccessReview), new PlainRules()),
        ResourceDefinition.From(typeof(SelfSubjectAccessReview), new PlainRules()),
        ResourceDefinition.From(typeof(SelfSubjectRulesReview), new PlainRules()),
        ResourceDefinition.From(typeof(SubjectAccessReview), new PlainRules()),
    ];

    /// <summary>Both.</summary>
    public static IReadOnlyList<ResourceDefinition> All { get; } = [.. Stored, .. Virtual];
}
