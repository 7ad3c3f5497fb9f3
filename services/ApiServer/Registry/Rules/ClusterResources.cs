using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.ApiRegistration.V1;
using Platform.Api.Certificates.V1;
using Platform.Api.FlowControl.V1;
using Platform.Api.Networking.V1;
using Platform.Api.Nodes.V1;
using Platform.Api.Storage.V1;
using Platform.ApiServer.Registry.Rules.AdmissionRegistration;
using Platform.ApiServer.Registry.Rules.ApiRegistration;
using Platform.ApiServer.Registry.Rules.Certificates;
using Platform.ApiServer.Registry.Rules.FlowControl;
using Platform.ApiServer.Registry.Rules.Networking;
using Platform.ApiServer.Registry.Rules.Nodes;
using Platform.ApiServer.Registry.Rules.Storage;

namespace Platform.ApiServer.Registry.Rules;

/// <summary>The built-in resources of the groups around networking, storage, nodes, certificates, admission, flow control and aggregation.</summary>
internal static class ClusterResources
{
    /// <summary>Resources whose objects are stored.</summary>
    public static IReadOnlyList<ResourceDefinition> Stored { get; } =
    [
        ResourceDefinition.From(typeof(Ingress), new IngressRules()),
        ResourceDefinition.From(typeof(IngressClass), new IngressClassRules()),
        ResourceDefinition.From(typeof(NetworkPolicy), new NetworkPolicyRules()),
        ResourceDefinition.From(typeof(CSIDriver), new CSIDriverRules()),
        ResourceDefinition.From(typeof(CSINode), new CSINodeRules()),
        ResourceDefinition.From(typeof(CSIStorageCapacity), new CSIStorageCapacityRules()),
        ResourceDefinition.From(typeof(StorageClass), new StorageClassRules()),
        ResourceDefinition.From(typeof(VolumeAttachment), new VolumeAttachmentRules()),
        ResourceDefinition.From(typeof(RuntimeClass), new RuntimeClassRules()),
        ResourceDefinition.From(typeof(CertificateSigningRequest), new CertificateSigningRequestRules()),
        ResourceDefinition.From(typeof(MutatingWebhookConfiguration), new MutatingWebhookConfigurationRules()),
        ResourceDefinition.From(typeof(ValidatingWebhookConfiguration), new ValidatingWebhookConfigurationRules()),
        ResourceDefinition.From(typeof(ValidatingAdmissionPolicy), new ValidatingAdmissionPolicyRules()),
        ResourceDefinition.From(typeof(ValidatingAdmissionPolicyBinding), new ValidatingAdmissionPolicyBindingRules()),
        ResourceDefinition.From(typeof(FlowSchema), new FlowSchemaRules()),
        ResourceDefinition.From(typeof(PriorityLevelConfiguration), new PriorityLevelConfigurationRules()),
        ResourceDefinition.From(typeof(APIService), new APIServiceRules()),
    ];
}
