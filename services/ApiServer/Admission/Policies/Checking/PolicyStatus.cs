using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Admission.Policies.Checking;

/// <summary>
/// Writes into the status of each policy what checking its types has found, once per generation. It runs in every API server, since the types are here (decision 11); what two
/// of them find is the same, and the second writes nothing.
/// </summary>
internal sealed partial class PolicyStatus(
    ResourceRegistry registry, WatchCaches caches, IObjectReader reader, IObjectWriter writer, TimeProvider clock, ILogger<PolicyStatus> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ChangeLoop(caches, [registry.Of<ValidatingAdmissionPolicy>()], clock).RunAsync(ReconcileAsync, reason => LogRetry(logger, reason), stoppingToken);

    private async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        foreach (var policy in reader.List<ValidatingAdmissionPolicy>())
        {
            if (policy.Metadata.DeletionTimestamp is null && IsBehind(policy))
                await WriteAsync(policy, cancellationToken);
        }
    }

    private async Task WriteAsync(ValidatingAdmissionPolicy policy, CancellationToken cancellationToken)
    {
        var warnings = PolicyTypeCheck.Check(policy.Spec ?? new(), registry.Current);
        try
        {
            await writer.UpdateStatusAsync<ValidatingAdmissionPolicy>(null, policy.Metadata.Name!, current =>
                // What was checked may have changed meanwhile; then its event comes.
                current.Metadata.Generation != policy.Metadata.Generation || !IsBehind(current) ? null : current with
                {
                    Status = (current.Status ?? new()) with
                    {
                        ObservedGeneration = policy.Metadata.Generation,
                        TypeChecking = new() { ExpressionWarnings = warnings.Count == 0 ? null : warnings },
                    },
                }, cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            // It has gone meanwhile.
        }
    }

    private static bool IsBehind(ValidatingAdmissionPolicy policy) => (policy.Metadata.Generation ?? 0) > (policy.Status?.ObservedGeneration ?? 0);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The status of policies could not be written yet: {Reason}")]
    private static partial void LogRetry(ILogger logger, string reason);
}
