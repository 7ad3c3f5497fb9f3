using System.Text.Json;
using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission.Webhooks;

/// <summary>
/// Asks mutating webhooks one after the other, each about what the ones before have made of the object, and applies their patches. Where one changed something, all plugins are
/// asked once more, and of the webhooks those that want to be (<c>reinvocationPolicy: IfNeeded</c>) and have not made the last change themselves.
/// </summary>
internal sealed class MutatingAdmissionWebhook(IObjectReader reader, WebhookMatcher matcher, WebhookCalls calls) : IAdmissionPlugin
{
    private readonly WebhookConfigurations<MutatingWebhookConfiguration> _configurations = WebhookConfigurations.Mutating(reader);

    public string Name => "MutatingAdmissionWebhook";

    public async ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var webhooks = _configurations.Current;
        if (webhooks.Count == 0 || WebhookMatcher.IsExempt(request))
            return;
        var memory = (Memory)(request.Reinvocation.Memory ??= new Memory());
        if (request.Reinvocation.IsSecondTime && !memory.IsLastOutput(Encoded(request)))
            memory.AskAllAgain();
        foreach (var webhook in webhooks)
        {
            if (request.Reinvocation.IsSecondTime && !memory.AsksAgain(webhook))
                continue;
            if (await matcher.MatchAsync(webhook, request, cancellationToken) is not { } invocation)
                continue;
            if (await AskAsync(invocation, request, cancellationToken))
            {
                memory.AskAllAgain();
                request.Reinvocation.IsWanted = true;
            }

            if (webhook.Reinvoked)
                memory.Remember(webhook);
        }

        memory.LastOutput = Encoded(request);
    }

    /// <summary>Asks a webhook. Whether it has changed something.</summary>
    private async ValueTask<bool> AskAsync(Invocation invocation, AdmissionRequest request, CancellationToken cancellationToken)
    {
        var answer = await calls.AskAsync(invocation, request, mutating: true, cancellationToken);
        if (answer is not { Patch.Length: > 0 })
            return false;
        try
        {
            return await invocation.Documents.PatchAsync(invocation.Webhook.Name, answer.Patch, cancellationToken);
        }
        catch (JsonException e)
        {
            throw ApiErrors.Internal(JsonFault.Describe(e));
        }
        catch (ApiException e) when (e.Code < StatusCodes.Status500InternalServerError)
        {
            // The patch is the webhook's, so that it does not work is no fault of the client.
            throw ApiErrors.Internal(e.Status.Details?.Causes is [{ Message: { } cause }, ..] ? cause : e.Message.Replace("error decoding patch: ", "", StringComparison.Ordinal));
        }
    }

    private static byte[]? Encoded(AdmissionRequest request) => request.Object is null ? null : request.Codec.Encode(request.Object);

    /// <summary>What is remembered from the first time to the second.</summary>
    private sealed class Memory
    {
        private readonly HashSet<string> _reinvocable = new(StringComparer.Ordinal);
        private readonly HashSet<string> _again = new(StringComparer.Ordinal);

        public byte[]? LastOutput { get; set; }

        public bool IsLastOutput(byte[]? value) => value.AsSpan().SequenceEqual(LastOutput);

        public void Remember(Webhook webhook) => _reinvocable.Add(webhook.Id);

        // The one that is asked now is remembered only afterwards, so that its own change does not bring it back.
        public void AskAllAgain()
        {
            _again.UnionWith(_reinvocable);
            _reinvocable.Clear();
        }

        public bool AsksAgain(Webhook webhook) => _again.Contains(webhook.Id);
    }
}
