using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission.Webhooks;

/// <summary>The CEL conditions of a webhook, all of which must hold for it to be asked.</summary>
internal sealed class MatchConditionSet(IReadOnlyList<MatchCondition>? conditions)
{
    private readonly IReadOnlyList<MatchCondition> _conditions = conditions ?? [];

    /// <exception cref="ApiException">403 where a condition cannot be evaluated and the webhook fails closed.</exception>
    public bool Allow(Webhook webhook, AdmissionRequest request, ResourceDefinition resource)
    {
        if (_conditions.Count == 0)
            return true;
        if (webhook.FailsOpen)
            return false;
        throw ApiErrors.Forbidden(request.Info.Group, request.Info.Resource, request.Name, "match conditions cannot be evaluated");
    }
}
