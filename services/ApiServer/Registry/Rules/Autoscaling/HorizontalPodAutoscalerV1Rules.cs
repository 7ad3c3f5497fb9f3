using Platform.ApiServer.Registry.Versions;
using V1 = Platform.Api.Autoscaling.V1;
using V2 = Platform.Api.Autoscaling.V2;

namespace Platform.ApiServer.Registry.Rules.Autoscaling;

/// <summary>Horizontal autoscalers in v1: the rules of v2, in which they are stored.</summary>
internal sealed class HorizontalPodAutoscalerV1Rules() : ConvertedRules<V1.HorizontalPodAutoscaler, V2.HorizontalPodAutoscaler>(new HorizontalPodAutoscalerRules())
{
    protected override V2.HorizontalPodAutoscaler ToStorage(V1.HorizontalPodAutoscaler value) => AutoscalerConversion.ToV2(value);

    protected override V1.HorizontalPodAutoscaler FromStorage(V2.HorizontalPodAutoscaler value) => AutoscalerConversion.ToV1(value);

    protected override void Take(V1.HorizontalPodAutoscaler value, V1.HorizontalPodAutoscaler from)
    {
        value.Spec = from.Spec;
        value.Status = from.Status;
    }
}
