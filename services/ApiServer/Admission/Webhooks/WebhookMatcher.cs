using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Authorization;
using Platform.ApiServer.Expressions;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission.Webhooks;

/// <summary>A webhook that is to be asked, the resource as which it knows what is written, and the objects as that resource's.</summary>
internal sealed record Invocation(Webhook Webhook, ResourceDefinition Resource, AdmissionDocuments Documents);

/// <summary>Which webhooks a request concerns: by rules, namespace, labels and match conditions.</summary>
internal sealed class WebhookMatcher(IObjectReader reader, ResourceRegistry registry, IAuthorizer authorizer)
{
    private const string OwnGroup = "admissionregistration.k8s.io";

    /// <summary>Whether webhooks are never asked, lest a broken one could not be removed any more.</summary>
    public static bool IsExempt(AdmissionRequest request) => request.Resource.Group == OwnGroup;

    /// <summary>How to ask the webhook; null where the request is none of its concern.</summary>
    /// <exception cref="ApiException">Whether it is could not be found out.</exception>
    public async ValueTask<Invocation?> MatchAsync(Webhook webhook, AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (As(webhook, request) is not { } resource)
            return null;
        if (!webhook.NamespaceSelector.IsEmpty && !MatchesNamespace(webhook, request))
            return null;
        if (!webhook.ObjectSelector.IsEmpty && !MatchesLabels(webhook, request.Object) && !MatchesLabels(webhook, request.OldObject))
            return null;
        var documents = await AdmissionDocuments.OfAsync(request, resource, cancellationToken);
        var invocation = new Invocation(webhook, resource, documents);
        return MeetsConditions(invocation, request, cancellationToken) ? invocation : null;
    }

    private bool MeetsConditions(Invocation invocation, AdmissionRequest request, CancellationToken cancellationToken)
    {
        var (webhook, resource, documents) = invocation;
        var variables = new AdmissionVariables(request, resource, documents, reader, authorizer);
        var (matches, error) = webhook.MatchConditions.Evaluate(variables.Find, cancellationToken);
        if (error is null || webhook.FailsOpen)
            return matches && error is null;
        throw ApiErrors.Forbidden(request.Resource.Group, request.Resource.Plural, request.Name, error);
    }

    private ResourceDefinition? As(Webhook webhook, AdmissionRequest request)
    {
        var asked = request.Resource;
        foreach (var rule in webhook.Rules)
        {
            if (RuleMatching.Matches(rule, request, asked.Group, asked.Version, asked.Plural))
                return asked;
        }

        if (!webhook.MatchesEquivalents)
            return null;
        foreach (var rule in webhook.Rules)
        {
            foreach (var other in Equivalents(asked))
            {
                if (RuleMatching.Matches(rule, request, other.Group, other.Version, other.Plural))
                    return other;
            }
        }

        return null;
    }

    /// <summary>Other groups and versions under which the same objects are served.</summary>
    private IEnumerable<ResourceDefinition> Equivalents(ResourceDefinition asked) =>
        registry.Stored.Where(d => d != asked && d.KeyPrefix == asked.KeyPrefix);

    private bool MatchesNamespace(Webhook webhook, AdmissionRequest request)
    {
        var isNamespace = request.Resource is { Group: "", Plural: "namespaces" };
        var name = isNamespace ? request.Name : request.Info.Namespace;
        if (name.Length == 0)
            return true;
        if (isNamespace && request.Info.Subresource.Length == 0 && request is { Operation: "CREATE" or "UPDATE", Object: { } written })
            return webhook.NamespaceSelector.Matches(written.Metadata.Labels);
        var ns = reader.Find<Namespace>(null, name) ?? throw ApiErrors.NotFound("", "namespaces", name);
        return webhook.NamespaceSelector.Matches(ns.Metadata.Labels);
    }

    private static bool MatchesLabels(Webhook webhook, KubernetesObject? value) => value is not null && webhook.ObjectSelector.Matches(value.Metadata.Labels);
}
