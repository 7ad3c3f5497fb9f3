using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Platform.Api.Core.V1;
using Platform.Images;
using Platform.NodeAgent.Pods;
using Platform.NodeAgent.Runtime;
using Platform.NodeAgent.Volumes;

namespace Platform.NodeAgent.Images;

/// <summary>An image is not there and could not be fetched; reason as upstream shows it, such as <c>ErrImagePull</c>.</summary>
internal sealed class ImageException(string reason, string message) : Exception(message)
{
    public string Reason { get; } = reason;
}

/// <summary>Makes sure that a container's image is on the node, as its pull policy says. Pods that want the same image share one pull.</summary>
internal sealed class ImagePuller(IContainerRuntime runtime, IReferencedObjects objects, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _pulls = new(StringComparer.Ordinal);

    /// <summary>The image, pulled where needed.</summary>
    /// <exception cref="ImageException">It is not there and may not or cannot be pulled.</exception>
    public async Task<NodeImage> EnsureAsync(Pod pod, Container container, PodEvents events, CancellationToken cancellationToken)
    {
        var name = container.Image!;
        string full;
        try
        {
            full = ImageName.Normalize(name);
        }
        catch (FormatException)
        {
            throw new ImageException("InvalidImageName", $"Failed to apply default image tag \"{name}\": couldn't parse image name \"{name}\": invalid reference format");
        }

        var policy = container.ImagePullPolicy ?? (full.EndsWith(":latest", StringComparison.Ordinal) ? "Always" : "IfNotPresent");
        var present = await runtime.FindImageAsync(full, cancellationToken);
        if (present is not null && policy != "Always")
        {
            events.Normal(pod, "Pulled", $"Container image \"{name}\" already present on machine");
            return present;
        }

        if (policy == "Never")
            throw new ImageException("ErrImageNeverPull", $"Container image \"{name}\" is not present with pull policy of Never");
        return await PullAsync(pod, name, full, present, events, cancellationToken);
    }

    private async Task<NodeImage> PullAsync(Pod pod, string name, string full, NodeImage? present, PodEvents events, CancellationToken cancellationToken)
    {
        events.Normal(pod, "Pulling", $"Pulling image \"{name}\"");
        var since = time.GetTimestamp();
        var credentials = await CredentialsAsync(pod, full, cancellationToken);
        var pull = _pulls.GetOrAdd(full, _ => new(async () => await runtime.PullImageAsync(full, credentials, CancellationToken.None)));
        try
        {
            await pull.Value.WaitAsync(cancellationToken);
        }
        catch (RuntimeException e)
        {
            if (present is not null && IsLocalOnly(full))
                return present;
            throw new ImageException("ErrImagePull", e.Message);
        }
        finally
        {
            if (pull.Value.IsCompleted)
                _pulls.TryRemove(KeyValuePair.Create(full, pull));
        }

        var image = await runtime.FindImageAsync(full, cancellationToken) ?? throw new ImageException("ErrImagePull", $"image \"{name}\" is not there after it was pulled");
        var elapsed = time.GetElapsedTime(since);
        events.Normal(pod, "Pulled", FormattableString.Invariant(
            $"Successfully pulled image \"{name}\" in {elapsed.TotalSeconds:0.###}s ({elapsed.TotalSeconds:0.###}s including waiting). Image size: {image.SizeBytes} bytes."));
        return image;
    }

    /// <summary>Images packed on this machine exist in no registry, so that pulling them again cannot be asked for.</summary>
    private static bool IsLocalOnly(string name) => name.StartsWith("platform.local/", StringComparison.Ordinal);

    private async Task<RegistryCredentials?> CredentialsAsync(Pod pod, string image, CancellationToken cancellationToken)
    {
        var registry = image[..image.IndexOf('/', StringComparison.Ordinal)];
        foreach (var reference in pod.Spec!.ImagePullSecrets ?? [])
        {
            var secret = await objects.SecretAsync(pod.Metadata.Namespace!, reference.Name ?? "", cancellationToken);
            if (secret?.Data?.GetValueOrDefault(".dockerconfigjson") is { } config && Parse(config, registry) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>The entry of a docker configuration for a registry.</summary>
    internal static RegistryCredentials? Parse(byte[] dockerConfig, string registry)
    {
        try
        {
            using var document = JsonDocument.Parse(dockerConfig);
            if (!document.RootElement.TryGetProperty("auths", out var auths))
                return null;
            foreach (var entry in auths.EnumerateObject())
            {
                var host = entry.Name.Replace("https://", "", StringComparison.Ordinal).Split('/')[0];
                if (host == registry || (registry == "docker.io" && host == "index.docker.io"))
                    return Entry(entry.Value, host);
            }
        }
        catch (JsonException)
        {
            return null; // upstream passes over a secret that is no docker configuration, too
        }

        return null;
    }

    private static RegistryCredentials Entry(JsonElement entry, string host)
    {
        var (user, password) = (Text(entry, "username"), Text(entry, "password"));
        if (user.Length == 0 && Text(entry, "auth") is { Length: > 0 } auth
            && Encoding.UTF8.GetString(Convert.FromBase64String(auth)).Split(':', 2) is [var u, var p])
            (user, password) = (u, p);
        return new(user, password, "", host, Text(entry, "identitytoken"));
    }

    private static string Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
