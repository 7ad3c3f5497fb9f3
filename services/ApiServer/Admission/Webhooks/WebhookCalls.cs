using System.Diagnostics;
using Platform.Api.Errors;
using Platform.ApiServer.Proxying;

namespace Platform.ApiServer.Admission.Webhooks;

/// <summary>Asks one webhook about one request.</summary>
internal sealed partial class WebhookCalls(WebhookClient client, ILogger<WebhookCalls> logger)
{
    /// <summary>The webhook's answer; null where it could not be asked and is passed by. Warnings are added to the request, a refusal is thrown.</summary>
    /// <exception cref="ApiException">The webhook refuses, or could not be asked and fails closed.</exception>
    public async Task<AdmissionReviewAnswer?> AskAsync(
        Invocation invocation, AdmissionRequest request, bool mutating, CancellationToken cancellationToken)
    {
        var webhook = invocation.Webhook;
        if (request.DryRun && webhook.SideEffects is not ("None" or "NoneOnDryRun"))
            throw ApiErrors.BadRequest($"admission webhook \"{webhook.Name}\" does not support dry run");
        AdmissionReviewAnswer answer;
        try
        {
            answer = await SendAsync(invocation, request, mutating, cancellationToken);
        }
        catch (WebhookFailure failure)
        {
            if (!webhook.FailsOpen)
                throw failure.ToApiException(webhook.Name);
            LogFailedOpen(logger, webhook.Name, failure.Message);
            return null;
        }

        lock (request.Warnings)
        {
            foreach (var warning in answer.Warnings)
                request.Warnings.Add(warning);
        }

        foreach (var (key, value) in answer.AuditAnnotations)
            Activity.Current?.AddTag($"{webhook.Name}/{key}", value);
        return answer.Allowed ? answer : throw answer.Refusal(webhook.Name);
    }

    private async Task<AdmissionReviewAnswer> SendAsync(
        Invocation invocation, AdmissionRequest request, bool mutating, CancellationToken cancellationToken)
    {
        var webhook = invocation.Webhook;
        if (webhook.ReviewVersion is not { } version)
            throw new WebhookFailure("webhook does not accept known AdmissionReview versions (v1, v1beta1)");
        var uid = Guid.CreateVersion7().ToString();
        var body = AdmissionReviewJson.Encode(uid, invocation, request);
        var (target, url) = webhook.Address();
        return AdmissionReviewAnswer.Read(await PostAsync(target, url, body, webhook.Timeout, cancellationToken), uid, version, mutating);
    }

    private async Task<byte[]> PostAsync(BackendTarget target, Uri url, byte[] body, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await client.PostAsync(target, url, body, timeout, cancellationToken);
        }
        catch (WebhookFailure failure)
        {
            throw new WebhookFailure("failed to call webhook: " + failure.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Failed calling webhook {Webhook}, failing open: {Reason}")]
    private static partial void LogFailedOpen(ILogger logger, string webhook, string reason);
}
