using Platform.Api;
using Platform.Api.AdmissionRegistration.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission.Webhooks;

/// <summary>
/// The webhooks of all configurations of one kind, by the configurations' names and in their order there. Compiled anew when a configuration changes; to ask
/// whether one has changed is to read a counter, so that a cluster without webhooks pays nothing.
/// </summary>
internal sealed class WebhookConfigurations<T>(IObjectReader reader, Func<T, IEnumerable<Webhook>> compile)
    where T : KubernetesObject
{
    private Compiled _compiled = new(-1, []);

    public IReadOnlyList<Webhook> Current
    {
        get
        {
            var known = Volatile.Read(ref _compiled);
            var version = reader.VersionOf<T>();
            if (known.Version == version)
                return known.Webhooks;
            var webhooks = reader.List<T>().OrderBy(c => c.Metadata.Name, StringComparer.Ordinal).SelectMany(compile).ToArray();
            Volatile.Write(ref _compiled, new(version, webhooks));
            return webhooks;
        }
    }

    private sealed record Compiled(long Version, IReadOnlyList<Webhook> Webhooks);
}

/// <summary>Makes the two kinds' webhooks.</summary>
internal static class WebhookConfigurations
{
    public static WebhookConfigurations<MutatingWebhookConfiguration> Mutating(IObjectReader reader) => new(reader, c => Compile(c, c.Webhooks));

    public static WebhookConfigurations<ValidatingWebhookConfiguration> Validating(IObjectReader reader) => new(reader, c => Compile(c, c.Webhooks));

    private static IEnumerable<Webhook> Compile(KubernetesObject configuration, IReadOnlyList<IAdmissionWebhook>? webhooks) =>
        (webhooks ?? []).Select((hook, index) => Webhook.From(configuration.Metadata.Name!, index, hook));
}
