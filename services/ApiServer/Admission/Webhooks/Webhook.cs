using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.Selectors;
using Platform.ApiServer.Expressions;
using Platform.ApiServer.Proxying;

namespace Platform.ApiServer.Admission.Webhooks;

/// <summary>
/// A webhook of either kind as the server uses it: defaults filled in, selectors compiled. Made once per version of its configuration.
/// </summary>
internal sealed class Webhook
{
    private const int HttpsPort = 443;
    private const int DefaultTimeoutSeconds = 10;

    private static readonly string[] KnownVersions = ["v1", "v1beta1"];

    private readonly WebhookClientConfig _client;

    private Webhook(string configuration, int index, string name, WebhookClientConfig client) =>
        (Configuration, Id, Name, _client) = (configuration, $"{configuration}/{name}/{index}", name, client);

    /// <summary>Name of the configuration that it stands in.</summary>
    public string Configuration { get; }

    /// <summary>What tells it from all other webhooks of its configuration's kind.</summary>
    public string Id { get; }

    public string Name { get; }

    public required IReadOnlyList<RuleWithOperations> Rules { get; init; }

    /// <summary>Whether a webhook that cannot be asked is passed by rather than the request refused.</summary>
    public required bool FailsOpen { get; init; }

    /// <summary>Whether a rule also matches what other versions of the same resource are asked for.</summary>
    public required bool MatchesEquivalents { get; init; }

    public required Selector NamespaceSelector { get; init; }

    public required Selector ObjectSelector { get; init; }

    public required string? SideEffects { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>Version of AdmissionReview that it is sent; null where it knows none of the server's.</summary>
    public required string? ReviewVersion { get; init; }

    /// <summary>Conditions that must all hold for it to be asked.</summary>
    public required MatchConditions MatchConditions { get; init; }

    /// <summary>Whether a mutating webhook wants to see the object again where others changed it afterwards.</summary>
    public bool Reinvoked { get; init; }

    /// <summary>Where it is reached, and the URL to send to.</summary>
    public (BackendTarget Target, Uri Url) Address()
    {
        if (_client.Service is { } service)
        {
            var target = BackendTarget.OfService(service.Namespace ?? "", service.Name ?? "", service.Port ?? HttpsPort, _client.CaBundle);
            return (target, new(target.Origin, service.Path ?? "/"));
        }

        var url = new Uri(_client.Url ?? "");
        return (new() { Origin = new(url.GetLeftPart(UriPartial.Authority)), AuthorityBundle = _client.CaBundle }, url);
    }

    public static Webhook From(string configuration, int index, IAdmissionWebhook hook) => new(configuration, index, hook.Name ?? "", hook.ClientConfig ?? new())
    {
        Rules = hook.Rules ?? [],
        FailsOpen = hook.FailurePolicy == "Ignore",
        MatchesEquivalents = hook.MatchPolicy != "Exact",
        NamespaceSelector = Compile(hook.NamespaceSelector),
        ObjectSelector = Compile(hook.ObjectSelector),
        SideEffects = hook.SideEffects,
        Timeout = TimeSpan.FromSeconds(hook.TimeoutSeconds ?? DefaultTimeoutSeconds),
        ReviewVersion = KnownVersion(hook.AdmissionReviewVersions),
        MatchConditions = MatchConditions.Compile(hook.MatchConditions, AdmissionVariables.Environment),
        Reinvoked = hook is MutatingWebhook { ReinvocationPolicy: "IfNeeded" },
    };

    private static Selector Compile(Platform.Api.Meta.V1.LabelSelector? selector) => selector is null ? Selector.Everything : Selector.From(selector);

    private static string? KnownVersion(IReadOnlyList<string>? accepted) => accepted?.FirstOrDefault(KnownVersions.Contains);
}
