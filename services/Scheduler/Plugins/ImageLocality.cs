using Platform.Scheduler.Framework;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler.Plugins;

/// <summary>Prefers nodes that have the pod's images. An image counts by its size and by how widely it is spread, lest all pods pile up on the one node that has it.</summary>
internal sealed class ImageLocality : IScorePlugin
{
    /// <summary>Bytes below which an image is as good as pulled.</summary>
    private const long LeastBytes = 23L * 1024 * 1024;

    /// <summary>Bytes per container above which more makes no difference.</summary>
    private const long MostBytes = 1000L * 1024 * 1024;

    public string Name => "ImageLocality";

    public int Weight => 1;

    public NodeScore? Score(PodInfo pod, ClusterSnapshot snapshot, IReadOnlyList<NodeInfo> feasible)
    {
        var images = (pod.Spec.InitContainers ?? []).Concat(pod.Spec.Containers ?? []).Select(container => Normal(container.Image ?? "")).ToArray();
        if (!Array.Exists(images, snapshot.ImageSpread.ContainsKey))
            return null;
        var most = MostBytes * images.Length;
        var nodes = snapshot.Nodes.Length;
        return node =>
        {
            long sum = 0;
            foreach (var image in images)
            {
                if (node.Images.TryGetValue(image, out var size))
                    sum += (long)(size * ((double)snapshot.ImageSpread.GetValueOrDefault(image) / nodes));
            }
            return Scores.Max * (Math.Clamp(sum, LeastBytes, most) - LeastBytes) / (most - LeastBytes);
        };
    }

    /// <summary>The name with its tag, <c>latest</c> where it has none.</summary>
    private static string Normal(string image) => image.LastIndexOf(':') <= image.LastIndexOf('/') ? image + ":latest" : image;
}
