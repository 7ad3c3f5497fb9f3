using Platform.Api.ApiExtensions.V1;
using Platform.Api.Apps.V1;
using Platform.Api.Authentication.V1;
using Platform.Api.Authorization.V1;
using Platform.Api.Coordination.V1;
using Platform.Api.Core.V1;
using Platform.Api.Discovery.V1;
using Platform.Api.Rbac.V1;
using Platform.Api.Scheduling.V1;
using Platform.ApiServer.CustomResources.Definitions;
using Platform.ApiServer.Registry.Rules.Apps;
using Platform.ApiServer.Registry.Rules.Coordination;
using Platform.ApiServer.Registry.Rules.Core;
using Platform.ApiServer.Registry.Rules.Core.Pods;
using Platform.ApiServer.Registry.Rules.Discovery;
using Platform.ApiServer.Registry.Rules.Events;
using Platform.ApiServer.Registry.Rules.Rbac;
using Platform.ApiServer.Registry.Rules.Scheduling;

namespace Platform.ApiServer.Registry.Rules;

/// <summary>The resources that the server brings along, each with its declaration and its rules.</summary>
internal static class BuiltInResources
{
    private static readonly ResourceDefinition CoreEvents = ResourceDefinition.From(typeof(Event), new EventRules());

    private static readonly ResourceDefinition NewerEvents = ResourceDefinition.From(typeof(Platform.Api.Events.V1.Event), new EventsRules(new EventRules()),
        CoreEvents, EventConversion.Instance);

    /// <summary>Resources whose objects are stored.</summary>
    public static IReadOnlyList<ResourceDefinition> Stored { get; } =
    [
        ResourceDefinition.From(typeof(ConfigMap), new ConfigMapRules()),
        ResourceDefinition.From(typeof(Endpoints), new EndpointsRules()),
        CoreEvents,
        NewerEvents,
        ResourceDefinition.From(typeof(Namespace), new NamespaceRules()),
        ResourceDefinition.From(typeof(Node), new NodeRules()),
        ResourceDefinition.From(typeof(Pod), new PodRules()).Without("resize"),
        ResourceDefinition.From(typeof(PodTemplate), new PodTemplateRules()),
        ResourceDefinition.From(typeof(Secret), new SecretRules()),
        ResourceDefinition.From(typeof(ServiceAccount), new ServiceAccountRules()),
        ResourceDefinition.From(typeof(Service), new ServiceRules()),
        ResourceDefinition.From(typeof(Deployment), new DeploymentRules()),
        ResourceDefinition.From(typeof(ReplicaSet), new ReplicaSetRules()),
        ResourceDefinition.From(typeof(Lease), new LeaseRules()),
        ResourceDefinition.From(typeof(EndpointSlice), new EndpointSliceRules()),
        ResourceDefinition.From(typeof(ClusterRole), new ClusterRoleRules()),
        ResourceDefinition.From(typeof(ClusterRoleBinding), new ClusterRoleBindingRules()),
        ResourceDefinition.From(typeof(Role), new RoleRules()),
        ResourceDefinition.From(typeof(RoleBinding), new RoleBindingRules()),
        ResourceDefinition.From(typeof(PriorityClass), new PriorityClassRules()),
        ResourceDefinition.From(typeof(CustomResourceDefinition), new CustomResourceDefinitionRules()),
        .. WorkloadResources.Stored,
        .. ClusterResources.Stored,
    ];

    /// <summary>Resources that are only asked: a create is answered and nothing is kept.</summary>
    public static IReadOnlyList<ResourceDefinition> Virtual { get; } =
    [
        ResourceDefinition.From(typeof(Binding), new BindingRules()),
        ResourceDefinition.From(typeof(ComponentStatus), new ComponentStatusRules()),
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
