using System.Text.Json;
using Platform.Api;
using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.Patching;
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
        if (request.Reinvocation.IsSecondTime && !memory.IsLastOutput(request.Object))
            memory.AskAllAgain();
        foreach (var webhook in webhooks)
        {
            if (request.Reinvocation.IsSecondTime && !memory.AsksAgain(webhook))
                continue;
            if (matcher.Match(webhook, request) is not { } invocation)
                continue;
            var answer = await calls.AskAsync(invocation, request, mutating: true, cancellationToken);
            if (answer is not null && Patch(webhook, request, answer.Patch))
            {
                memory.AskAllAgain();
                request.Reinvocation.IsWanted = true;
            }

            if (webhook.Reinvoked)
                memory.Remember(webhook);
        }

        memory.LastOutput = request.Object is null ? null : Encode(request.Object);
    }

    /// <summary>Applies a patch. Whether it changed something.</summary>
    private static bool Patch(Webhook webhook, AdmissionRequest request, byte[] patch)
    {
        if (patch.Length == 0)
            return false;
        try
        {
            var operations = JsonTree.Parse(patch);
            if (operations is System.Text.Json.Nodes.JsonArray { Count: 0 })
                return false;
            if (request.Object is not { } value)
                throw ApiErrors.Internal($"admission webhook \"{webhook.Name}\" attempted to modify the object, which is not supported for this operation");
            var before = Encode(value);
            var document = JsonPatch.Apply(JsonTree.Parse(before), operations);
            var patched = Decode(document?.ToJsonString() ?? "null", value.GetType());
            if (Encode(patched).AsSpan().SequenceEqual(before))
                return false;
            request.Object = patched;
            request.Resource.Rules.Default(patched);
            return true;
        }
        catch (JsonException e)
        {
            throw ApiErrors.Internal(JsonFault.Describe(e));
        }
        catch (ApiException e) when (e.Status.Details?.Causes is [{ Message: { } cause }, ..])
        {
            throw ApiErrors.Internal(cause);
        }
    }

    private static byte[] Encode(KubernetesObject value) => ApiJson.Encode((object)value);

    private static KubernetesObject Decode(string json, Type type) => (KubernetesObject)ApiJson.Decode(System.Text.Encoding.UTF8.GetBytes(json), type);

    /// <summary>What is remembered from the first time to the second.</summary>
    private sealed class Memory
    {
        private readonly HashSet<string> _reinvocable = new(StringComparer.Ordinal);
        private readonly HashSet<string> _again = new(StringComparer.Ordinal);

        public byte[]? LastOutput { get; set; }

        public bool IsLastOutput(KubernetesObject? value) => value is null ? LastOutput is null : Encode(value).AsSpan().SequenceEqual(LastOutput);

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
