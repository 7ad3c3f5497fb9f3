using System.Diagnostics;
using System.Text.Json.Nodes;
using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.Errors;
using Platform.Api.Meta.V1;
using Platform.ApiServer.Admission.Webhooks;
using Platform.ApiServer.Authorization;
using Platform.ApiServer.Expressions;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission.Policies;

/// <summary>
/// Validates requests with the expressions of ValidatingAdmissionPolicies (Kubernetes, "Validating Admission Policy"). All policies are evaluated, so that all
/// warnings are given; of several denials the first is answered. Without policies a request costs two reads of a counter.
/// </summary>
internal sealed class ValidatingAdmissionPolicyPlugin(IObjectReader reader, ResourceRegistry registry, PolicyParameters parameters, IAuthorizer authorizer)
    : IAdmissionPlugin
{
    /// <summary>Longest value of an audit annotation, in UTF-16 units.</summary>
    private const int MaximumAnnotationLength = 10 * 1024;

    private Compiled _compiled = new(-1, -1, []);

    public string Name => "ValidatingAdmissionPolicy";

    private IReadOnlyList<CompiledPolicy> Policies
    {
        get
        {
            var known = Volatile.Read(ref _compiled);
            var (policies, bindings) = (reader.VersionOf<ValidatingAdmissionPolicy>(), reader.VersionOf<ValidatingAdmissionPolicyBinding>());
            if (known.Policies == policies && known.Bindings == bindings)
                return known.List;
            var list = CompiledPolicy.From(reader.List<ValidatingAdmissionPolicy>(), reader.List<ValidatingAdmissionPolicyBinding>());
            Volatile.Write(ref _compiled, new(policies, bindings, list));
            return list;
        }
    }

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var policies = Policies;
        return policies.Count == 0 || WebhookMatcher.IsExempt(request) ? ValueTask.CompletedTask : ValidateAsync(policies, request, cancellationToken);
    }

    private async ValueTask ValidateAsync(IReadOnlyList<CompiledPolicy> policies, AdmissionRequest request, CancellationToken cancellationToken)
    {
        ApiException? denial = null;
        var versions = new Dictionary<ResourceDefinition, AdmissionVariables>();
        foreach (var policy in policies)
        {
            if (policy.Match.Find(request, reader, registry, otherwise: false) is not { } resource)
                continue;
            CompiledBinding[] bindings = [.. policy.Bindings.Where(b => b.Match is null || b.Match.Find(request, reader, registry, otherwise: true) is not null)];
            if (bindings.Length == 0)
                continue;
            try
            {
                if (!versions.ContainsKey(resource))
                    versions[resource] = new(request, resource, await AdmissionDocuments.OfAsync(request, resource, cancellationToken), reader, authorizer);
            }
            catch (ApiException e)
            {
                if (!policy.FailsOpen)
                    denial ??= Denied(policy, null, request, new("failed to configure policy: " + e.Message));
                continue;
            }
            foreach (var binding in bindings)
            {
                var found = await ValidateAsync(policy, binding, request, versions[resource], cancellationToken);
                denial ??= found;
            }
        }
        if (denial is not null)
            throw denial;
    }

    private async ValueTask<ApiException?> ValidateAsync(
        CompiledPolicy policy, CompiledBinding binding, AdmissionRequest request, AdmissionVariables variables, CancellationToken cancellationToken)
    {
        var (found, error) = await parameters.FindAsync(policy, binding.ParamRef, request.Info.Namespace, cancellationToken);
        if (error is not null)
            return policy.FailsOpen ? null : Denied(policy, binding, request, new("failed to configure binding: " + error));
        ApiException? denial = null;
        foreach (var parameter in found)
        {
            var evaluation = new PolicyEvaluation(policy, variables, parameter, cancellationToken);
            evaluation.Run();
            foreach (var decision in evaluation.Denials)
            {
                foreach (var action in binding.Actions)
                {
                    var refused = Act(action, policy, binding, request, decision);
                    denial ??= refused;
                }
            }
            foreach (var failure in evaluation.AnnotationFailures)
                denial ??= Denied(policy, binding, request, failure);
            foreach (var (key, value) in evaluation.Annotations)
                Audit($"{policy.Name}/{key}", value.Length > MaximumAnnotationLength ? value[..MaximumAnnotationLength] : value);
        }
        return denial;
    }

    private static ApiException? Act(string action, CompiledPolicy policy, CompiledBinding binding, AdmissionRequest request, PolicyDecision decision)
    {
        switch (action)
        {
            case "Deny":
                return Denied(policy, binding, request, decision);
            case "Warn":
                request.Warnings.Add($"Validation failed for ValidatingAdmissionPolicy '{policy.Name}' with binding '{binding.Name}': {decision.Message}");
                return null;
            default:
                Audit("validation.policy.admission.k8s.io/validation_failure", ValidationFailure(policy, binding, decision));
                return null;
        }
    }

    // There is no audit log: what belongs into it is kept with the request's trace.
    private static void Audit(string key, string value) => Activity.Current?.SetTag(key, value);

    private static string ValidationFailure(CompiledPolicy policy, CompiledBinding binding, PolicyDecision decision) =>
        new JsonArray(new JsonObject
        {
            ["message"] = decision.Message,
            ["policy"] = policy.Name,
            ["binding"] = binding.Name,
            ["expressionIndex"] = decision.Index,
            ["validationActions"] = new JsonArray([.. binding.Actions.Select(a => (JsonNode)a)]),
        }).ToJsonString();

    private static ApiException Denied(CompiledPolicy policy, CompiledBinding? binding, AdmissionRequest request, PolicyDecision decision)
    {
        var through = binding is null ? "" : $" with binding '{binding.Name}'";
        var message = $"ValidatingAdmissionPolicy '{policy.Name}'{through} denied request: {decision.Message}";
        var failure = ApiErrors.Forbidden(request.Info.Group, request.Info.Resource, request.Name, message);
        failure.Status.Reason = decision.Reason ?? StatusReason.Invalid;
        failure.Status.Code = decision.Reason switch
        {
            "Forbidden" => 403,
            "Unauthorized" => 401,
            "RequestEntityTooLarge" => 413,
            _ => 422,
        };
        failure.Status.Details = (failure.Status.Details ?? new StatusDetails()) with { Causes = [new() { Message = message }] };
        return failure;
    }

    private sealed record Compiled(long Policies, long Bindings, IReadOnlyList<CompiledPolicy> List);
}
