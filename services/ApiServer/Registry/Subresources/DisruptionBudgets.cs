using System.Globalization;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Meta.V1;
using Platform.Api.Policy.V1;
using Platform.Api.Selectors;

namespace Platform.ApiServer.Registry.Subresources;

/// <summary>
/// Charges evictions to disruption budgets. The budget's controller says how many disruptions are allowed; each eviction takes one off and notes the
/// pod, under optimistic concurrency, until the controller has counted again.
/// </summary>
internal sealed class DisruptionBudgets(IObjectReader reader, ResourceRegistry registry, ObjectWrites writes, TimeProvider clock)
{
    private const string Cause = "DisruptionBudget";
    private const string Violation = "Cannot evict pod as it would violate the pod's disruption budget.";

    /// <summary>Disruptions that a budget may note before its controller has counted them.</summary>
    private const int MostDisruptedPods = 2000;

    private static readonly TimeSpan Processing = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Charges the pod's budget, if it has one. True where nothing was charged because the pod is not ready, which then must still be so when it is
    /// deleted.
    /// </summary>
    public async Task<bool> ChargeAsync(WriteContext context, Pod pod)
    {
        var found = reader.List<PodDisruptionBudget>(pod.Metadata.Namespace).Where(b => Covers(b, pod)).ToList();
        if (found.Count == 0)
            return false;
        if (found.Count > 1)
            throw new ApiException(new Status
            {
                ApiVersion = "v1",
                Kind = "Status",
                Metadata = new(),
                StatusValue = "Failure",
                Message = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
                Code = StatusCodes.Status500InternalServerError,
            });
        var budget = found[0];
        var status = budget.Status ?? new();
        if (pod.Status?.Conditions?.Any(c => c.Type == "Ready" && c.Status == "True") != true
            && (budget.Spec?.UnhealthyPodEvictionPolicy == "AlwaysAllow" || (status.DesiredHealthy > 0 && (status.CurrentHealthy ?? 0) >= status.DesiredHealthy)))
            return true;
        var definition = registry.Of<PodDisruptionBudget>();
        await writes.UpdateAsync(context with { Admits = false, IsPatch = true }, definition, pod.Metadata.Namespace!, budget.Metadata.Name!, UpdateKind.Subresource,
            current => Charged((PodDisruptionBudget)current.Decode(), pod.Metadata.Name!));
        return false;
    }

    private static bool Covers(PodDisruptionBudget budget, Pod pod) =>
        pod.Metadata.Labels is { Count: > 0 } labels && budget.Spec?.Selector is { } selector && Selector.From(selector) is var matcher
        && (matcher.IsEmpty || matcher.Matches(labels));

    private PodDisruptionBudget Charged(PodDisruptionBudget budget, string pod)
    {
        var name = budget.Metadata.Name!;
        var status = budget.Status ??= new();
        if ((status.ObservedGeneration ?? 0) < (budget.Metadata.Generation ?? 0))
            throw TooManyRequests(Processing, $"The disruption budget {name} is still being processed by the server.");
        if (status.DisruptionsAllowed < 0)
            throw ApiErrors.Forbidden("policy", "poddisruptionbudget", name, "pdb disruptions allowed is negative");
        if (status.DisruptedPods?.Count > MostDisruptedPods)
            throw ApiErrors.Forbidden("policy", "poddisruptionbudget", name, "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
        if ((status.DisruptionsAllowed ?? 0) == 0)
            throw TooManyRequests(TimeSpan.Zero, Refusal(name, status));
        status.DisruptionsAllowed--;
        var now = ObjectMetadata.WholeSeconds(clock.GetUtcNow());
        if (status.DisruptionsAllowed == 0)
            status.Conditions = WithoutMore(status.Conditions ?? [], status.ObservedGeneration, now);
        status.DisruptedPods = new Dictionary<string, DateTimeOffset>(status.DisruptedPods ?? new Dictionary<string, DateTimeOffset>(), StringComparer.Ordinal)
        {
            [pod] = now,
        };
        budget.Metadata.ResourceVersion = null;
        return budget;
    }

    private static string Refusal(string name, PodDisruptionBudgetStatus status) =>
        status.Conditions?.FirstOrDefault(c => c is { Type: "DisruptionAllowed", Reason: "SyncFailed" }) is { } failed
            ? $"The disruption budget {name} does not allow evicting pods currently because it failed sync: {failed.Message}"
            : string.Create(CultureInfo.InvariantCulture,
                $"The disruption budget {name} needs {status.DesiredHealthy ?? 0} healthy pods and has {status.CurrentHealthy ?? 0} currently");

    private static IReadOnlyList<Condition> WithoutMore(IReadOnlyList<Condition> conditions, long? generation, DateTimeOffset now)
    {
        var before = conditions.FirstOrDefault(c => c.Type == "DisruptionAllowed");
        return
        [
            .. conditions.Where(c => c.Type != "DisruptionAllowed"),
            new()
            {
                Type = "DisruptionAllowed",
                Status = "False",
                Reason = "InsufficientPods",
                Message = "",
                ObservedGeneration = generation,
                LastTransitionTime = before?.Status == "False" ? before.LastTransitionTime : now,
            },
        ];
    }

    private static ApiException TooManyRequests(TimeSpan retryAfter, string cause)
    {
        var status = ApiErrors.TooManyRequests(Violation, retryAfter).Status;
        status.Details = (status.Details ?? new()) with
        {
            RetryAfterSeconds = retryAfter > TimeSpan.Zero ? (int)retryAfter.TotalSeconds : null,
            Causes = [new() { Reason = Cause, Message = cause }],
        };
        return new(status, retryAfter > TimeSpan.Zero ? retryAfter : null);
    }
}
