using Platform.Api.Errors;

namespace Platform.ApiServer.Admission.Webhooks;

/// <summary>A webhook could not be asked, or did not answer as it should. What that means for the request is the webhook's failure policy.</summary>
internal sealed class WebhookFailure(string reason) : Exception(reason)
{
    /// <summary>The failure as the client is told of it, where the webhook fails closed.</summary>
    public ApiException ToApiException(string webhook) => ApiErrors.Internal($"failed calling webhook \"{webhook}\": {Message}");
}
