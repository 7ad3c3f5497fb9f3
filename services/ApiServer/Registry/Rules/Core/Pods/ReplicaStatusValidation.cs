using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>What replica sets and replication controllers report of their pods.</summary>
internal static class ReplicaStatusValidation
{
    /// <summary>No count is negative, none is larger than the number of replicas, and only ready ones are available.</summary>
    public static IEnumerable<FieldError> Validate(long? replicas, long? fullyLabeled, long? ready, long? available, long? observedGeneration)
    {
        (long? Count, string Field)[] parts = [(fullyLabeled, "fullyLabeledReplicas"), (ready, "readyReplicas"), (available, "availableReplicas")];
        (long? Count, string Field)[] counts = [(replicas, "replicas"), .. parts, (observedGeneration, "observedGeneration")];
        foreach (var error in counts.SelectMany(c => TemplateValidation.Count(c.Count, $"status.{c.Field}")))
            yield return error;
        foreach (var (count, field) in parts.Where(c => c.Count > (replicas ?? 0)))
            yield return FieldError.Invalid($"status.{field}", count, "cannot be greater than status.replicas");
        if (available > (ready ?? 0))
            yield return FieldError.Invalid("status.availableReplicas", available, "cannot be greater than readyReplicas");
    }
}
