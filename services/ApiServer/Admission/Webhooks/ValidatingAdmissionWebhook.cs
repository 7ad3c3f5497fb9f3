using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission.Webhooks;

/// <summary>Asks all validating webhooks that a request concerns at once; one refusal is enough.</summary>
internal sealed class ValidatingAdmissionWebhook(IObjectReader reader, WebhookMatcher matcher, WebhookCalls calls) : IAdmissionPlugin
{
    private readonly WebhookConfigurations<ValidatingWebhookConfiguration> _configurations = WebhookConfigurations.Validating(reader);

    public string Name => "ValidatingAdmissionWebhook";

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var webhooks = _configurations.Current;
        return webhooks.Count == 0 || WebhookMatcher.IsExempt(request) ? ValueTask.CompletedTask : AskAsync(webhooks, request, cancellationToken);
    }

    private async ValueTask AskAsync(IReadOnlyList<Webhook> webhooks, AdmissionRequest request, CancellationToken cancellationToken)
    {
        List<Invocation> concerned = [];
        foreach (var webhook in webhooks)
        {
            if (await matcher.MatchAsync(webhook, request, cancellationToken) is { } invocation)
                concerned.Add(invocation);
        }
        if (concerned.Count == 0)
            return;
        Task[] answers = [.. concerned.Select(i => calls.AskAsync(i, request, mutating: false, cancellationToken))];
        try
        {
            await Task.WhenAll(answers);
        }
        catch (ApiException)
        {
            // Of several refusals the first in the webhooks' order is told, so that the answer does not depend on who was faster.
            throw answers.Select(a => a.Exception?.InnerException).OfType<ApiException>().First();
        }
    }
}
