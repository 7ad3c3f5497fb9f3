using System.Diagnostics;
using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.Registry;
using Platform.Storage;

namespace Platform.ApiServer.Admission.Quota;

/// <summary>
/// Keeps a namespace within its quotas. What a new object uses is added to <c>status.used</c> of every quota that is about it, under optimistic
/// concurrency, and refused where that exceeds <c>status.hard</c>; so two servers together never let more pass than is allowed. What goes is taken off by
/// the quota controller, which also fills in the status first: until it has, a quota bounds nothing, as upstream. It comes last, when nobody else can
/// refuse any more what has been charged.
/// </summary>
internal sealed class ResourceQuotaAdmission(IObjectReader reader, ResourceRegistry registry, IRevisionedStore store, TimeProvider clock) : IAdmissionPlugin
{
    private static readonly Dictionary<string, Quantity> None = [];

    private readonly NamespaceIndex<ResourceQuota> _quotas = new(reader);

    public string Name => "ResourceQuota";

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (!request.Resource.Namespaced || request.Info.Subresource.Length > 0 || request.Object is not { } value || request.Resource.Plural == "events")
            return;
        if (request.Operation != "CREATE" && !(request.Operation == "UPDATE" && QuotaUsage.GrowsWithUpdates(value)))
            return;
        var quotas = _quotas.Of(request.Info.Namespace);
        if (quotas.Count == 0)
            return;
        var usage = Delta(request, value);
        var charged = quotas.Where(q => QuotaScopes.Match(q.Spec ?? new(), value) && Concerns(q, usage, value)).ToList();
        foreach (var quota in charged)
            Check(request, quota, usage);
        if (request.DryRun)
            return;
        foreach (var quota in charged)
            await ChargeAsync(request, quota.Metadata.Name!, usage, cancellationToken);
    }

    private static Dictionary<string, Quantity> Delta(AdmissionRequest request, KubernetesObject value)
    {
        var usage = QuotaUsage.Of(request.Resource, value);
        if (request.OldObject is not { } old)
            return usage;
        var before = QuotaUsage.Of(request.Resource, old);
        return usage.Select(u => (u.Key, Amount: before.TryGetValue(u.Key, out var had) ? u.Value - had : u.Value)).Where(u => u.Amount.Sign > 0)
            .ToDictionary(u => u.Key, u => u.Amount, StringComparer.Ordinal);
    }

    private static bool Concerns(ResourceQuota quota, Dictionary<string, Quantity> usage, KubernetesObject value) =>
        (quota.Status?.Hard ?? None).Keys.Any(k => usage.ContainsKey(k) || (value is Pod && Registry.Rules.Core.QuotaResources.Compute.Contains(k)));

    /// <summary>Refuses what the quota does not allow, or cannot be counted against it.</summary>
    private static void Check(AdmissionRequest request, ResourceQuota quota, Dictionary<string, Quantity> usage)
    {
        var (hard, used) = (quota.Status?.Hard ?? None, quota.Status?.Used ?? None);
        var name = quota.Metadata.Name;
        if (request.Object is Pod pod && QuotaUsage.Missing(pod, hard.Keys) is { } missing)
            throw Refuse(request, $"failed quota: {name}: {missing}");
        string[] bounded = [.. usage.Keys.Where(hard.ContainsKey).Order(StringComparer.Ordinal)];
        string[] unknown = [.. bounded.Where(k => !used.ContainsKey(k))];
        if (unknown.Length > 0)
            throw Refuse(request, $"status unknown for quota: {name}, resources: {string.Join(",", unknown)}");
        string[] exceeded = [.. bounded.Where(k => usage[k].Sign > 0 && used[k] + usage[k] > hard[k])];
        if (exceeded.Length > 0)
            throw Refuse(request, $"exceeded quota: {name}, requested: {Show(exceeded, usage)}, used: {Show(exceeded, used)}, limited: {Show(exceeded, hard)}");
    }

    private async ValueTask ChargeAsync(AdmissionRequest request, string name, Dictionary<string, Quantity> usage, CancellationToken cancellationToken)
    {
        var definition = registry.Of<ResourceQuota>();
        var key = definition.Key(request.Info.Namespace, name);
        var stored = await store.GetAsync(key, 0, cancellationToken);
        for (var attempt = 1; stored is not null; attempt++)
        {
            var quota = ApiJson.Decode<ResourceQuota>(stored.Value.Span);
            Check(request, quota, usage);
            var hard = quota.Status?.Hard ?? None;
            var used = new Dictionary<string, Quantity>(quota.Status?.Used ?? None, StringComparer.Ordinal);
            foreach (var (resource, amount) in usage.Where(u => hard.ContainsKey(u.Key) && u.Value.Sign > 0))
                used[resource] = used.GetValueOrDefault(resource) + amount;
            quota.Status = (quota.Status ?? new()) with { Used = used };
            var cause = new Cause(Activity.Current?.Id, request.User.Username ?? "", clock.GetUtcNow());
            var result = await store.UpdateAsync(key, ObjectWrites.Encode(definition, quota), stored.ModRevision, cause, 0, cancellationToken);
            if (result.Error == StorageError.None)
                return;
            if (attempt == ObjectWrites.MaximumAttempts)
                throw ApiErrors.Conflict("", "resourcequotas", name);
            stored = result.Current;
        }
    }

    private static string Show(IEnumerable<string> names, IReadOnlyDictionary<string, Quantity> amounts) =>
        string.Join(",", names.Select(n => $"{n}={amounts[n]}"));

    private static ApiException Refuse(AdmissionRequest request, string why) =>
        ApiErrors.Forbidden(request.Info.Group, request.Info.Resource, request.Name, why);
}
