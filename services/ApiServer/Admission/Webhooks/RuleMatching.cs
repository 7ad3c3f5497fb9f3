using Platform.Api.AdmissionRegistration.V1;

namespace Platform.ApiServer.Admission.Webhooks;

/// <summary>Whether a rule of a webhook or policy means an operation on a resource.</summary>
internal static class RuleMatching
{
    public static bool Matches(RuleWithOperations rule, AdmissionRequest request, string group, string version, string plural) =>
        Scope(rule.Scope, request, plural)
        && Has(rule.Operations, request.Operation)
        && Has(rule.ApiGroups, group)
        && Has(rule.ApiVersions, version)
        && Resource(rule.Resources ?? [], plural, request.Info.Subresource);

    private static bool Has(IReadOnlyList<string>? values, string value) => values?.Any(v => v == "*" || v == value) == true;

    // A namespace is cluster-scoped although its requests name a namespace.
    private static bool Scope(string? scope, AdmissionRequest request, string plural)
    {
        var isNamespaced = request.Info.Namespace.Length > 0 && !(request.Resource.Group.Length == 0 && plural == "namespaces");
        return scope switch
        {
            "Namespaced" => isNamespaced,
            "Cluster" => !isNamespaced,
            _ => true,
        };
    }

    private static bool Resource(IReadOnlyList<string> resources, string plural, string subresource)
    {
        foreach (var text in resources)
        {
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            var (resource, sub) = slash < 0 ? (text, "") : (text[..slash], text[(slash + 1)..]);
            if ((resource == "*" || resource == plural) && (sub == "*" || sub == subresource))
                return true;
        }

        return false;
    }
}
