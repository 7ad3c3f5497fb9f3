using Platform.Api.Core.V1;

namespace Platform.ApiServer.Authorization;

/// <summary>Which other objects of its namespace a pod needs to run.</summary>
internal static class PodReferences
{
    public static bool Secret(Pod pod, string name)
    {
        if (pod.Spec is not { } spec)
            return false;
        return spec.ImagePullSecrets?.Any(s => s.Name == name) == true
            || Containers(spec).Any(c => c.EnvFrom?.Any(e => e.SecretRef?.Name == name) == true
                || c.Env?.Any(e => e.ValueFrom?.SecretKeyRef?.Name == name) == true)
            || spec.Volumes?.Any(v => v.Secret?.SecretName == name
                || v.Projected?.Sources?.Any(s => s.Secret?.Name == name) == true
                || v.Csi?.NodePublishSecretRef?.Name == name) == true;
    }

    public static bool ConfigMap(Pod pod, string name)
    {
        if (pod.Spec is not { } spec)
            return false;
        return Containers(spec).Any(c => c.EnvFrom?.Any(e => e.ConfigMapRef?.Name == name) == true
                || c.Env?.Any(e => e.ValueFrom?.ConfigMapKeyRef?.Name == name) == true)
            || spec.Volumes?.Any(v => v.ConfigMap?.Name == name
                || v.Projected?.Sources?.Any(s => s.ConfigMap?.Name == name) == true) == true;
    }

    public static bool Claim(Pod pod, string name) => pod.Spec?.Volumes?.Any(v => v.PersistentVolumeClaim?.ClaimName == name
        || (v.Ephemeral is not null && $"{pod.Metadata.Name}-{v.Name}" == name)) == true;

    private static IEnumerable<Container> Containers(PodSpec spec) => [.. spec.Containers ?? [], .. spec.InitContainers ?? []];
}
