using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.Registry;
using Platform.Storage;

namespace Platform.ApiServer.Admission;

/// <summary>
/// Gives each pod a service account, which must exist, and mounts a short-lived token for it with the cluster's CA and the namespace, unless pod or account
/// say not to. A new namespace's account is made by a controller a moment later, so its absence is waited out for a second, as upstream does.
/// </summary>
internal sealed class ServiceAccountAdmission(IObjectReader reader, IRevisionedStore store, NameGenerator names, TimeProvider time) : IAdmissionPlugin
{
    private const string DefaultAccount = "default";
    private const string MountPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const string VolumePrefix = "kube-api-access-";
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";
    private const int FileMode = 420;
    private const int LookUps = 10;

    /// <summary>Lifetime of the mounted token, in seconds: upstream's, by which clients know it was not asked for.</summary>
    private const long TokenSeconds = 3_607;

    private static readonly TimeSpan LookUpDelay = TimeSpan.FromMilliseconds(100);

    public string Name => "ServiceAccount";

    public async ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation != "CREATE" || request.Info.Subresource.Length > 0 || request.Object is not Pod pod || pod.Spec is null)
            return;
        if (pod.Metadata.Annotations?.ContainsKey(MirrorAnnotation) == true)
        {
            RefuseMirror(pod);
            return;
        }

        var name = string.IsNullOrEmpty(pod.Spec.ServiceAccountName) ? DefaultAccount : pod.Spec.ServiceAccountName;
        var account = await FindAsync(request.Info.Namespace, name, cancellationToken)
            ?? throw ApiErrors.Forbidden("", "pods", pod.Metadata.Name ?? "",
                $"error looking up service account {request.Info.Namespace}/{name}: serviceaccount \"{name}\" not found");
        var spec = pod.Spec with { ServiceAccountName = name, ServiceAccount = name };
        if (spec.ImagePullSecrets is not { Count: > 0 } && account.ImagePullSecrets is { Count: > 0 } pulls)
            spec = spec with { ImagePullSecrets = pulls };
        pod.Spec = (spec.AutomountServiceAccountToken ?? account.AutomountServiceAccountToken ?? true) ? Mount(spec) : spec;
    }

    private PodSpec Mount(PodSpec spec)
    {
        var present = spec.Volumes?.FirstOrDefault(v => v.Name?.StartsWith(VolumePrefix, StringComparison.Ordinal) == true)?.Name;
        var volume = present ?? names.From(VolumePrefix);
        var needed = false;
        Container Add(Container container)
        {
            if (container.VolumeMounts?.Any(m => m.MountPath == MountPath) == true)
                return container;
            needed = true;
            return container with { VolumeMounts = [.. container.VolumeMounts ?? [], new() { Name = volume, ReadOnly = true, MountPath = MountPath }] };
        }

        var mounted = spec with
        {
            Containers = spec.Containers is null ? null : [.. spec.Containers.Select(Add)],
            InitContainers = spec.InitContainers is null ? null : [.. spec.InitContainers.Select(Add)],
        };
        return needed && present is null ? mounted with { Volumes = [.. spec.Volumes ?? [], AccessVolume(volume)] } : mounted;
    }

    private static Volume AccessVolume(string name) => new()
    {
        Name = name,
        Projected = new()
        {
            DefaultMode = FileMode,
            Sources =
            [
                new() { ServiceAccountToken = new() { ExpirationSeconds = TokenSeconds, Path = "token" } },
                new() { ConfigMap = new() { Name = "kube-root-ca.crt", Items = [new() { Key = "ca.crt", Path = "ca.crt" }] } },
                new()
                {
                    DownwardAPI = new() { Items = [new() { Path = "namespace", FieldRef = new() { ApiVersion = "v1", FieldPath = "metadata.namespace" } }] },
                },
            ],
        },
    };

    private async ValueTask<ServiceAccount?> FindAsync(string ns, string name, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            if (reader.Find<ServiceAccount>(ns, name) is { } known)
                return known;
            if (await store.GetAsync($"/registry/core/serviceaccounts/{ns}/{name}", cancellationToken: cancellationToken) is { } stored)
                return ApiJson.Decode<ServiceAccount>(stored.Value.Span);
            if (attempt == LookUps)
                return null;
            await Task.Delay(LookUpDelay, time, cancellationToken);
        }
    }

    // The API's copy of a static pod: a node runs it without asking, so it must not be able to ask for anything of the cluster.
    private static void RefuseMirror(Pod pod)
    {
        var name = pod.Metadata.Name ?? "";
        if (!string.IsNullOrEmpty(pod.Spec?.ServiceAccountName))
            throw ApiErrors.Forbidden("", "pods", name, "a mirror pod may not reference service accounts");
        if (pod.Spec?.Volumes?.Any(v => v.Projected?.Sources?.Any(s => s.ServiceAccountToken is not null) == true) == true)
            throw ApiErrors.Forbidden("", "pods", name, "a mirror pod may not use ServiceAccountToken volume projections");
    }
}
