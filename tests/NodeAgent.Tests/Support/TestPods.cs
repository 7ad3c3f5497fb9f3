using Platform.Api.Core.V1;

namespace Platform.NodeAgent.Tests.Support;

/// <summary>Pods for tests.</summary>
internal static class TestPods
{
    public static Pod Pod(string name, params Container[] containers) => new()
    {
        ApiVersion = "v1",
        Kind = "Pod",
        Metadata = new() { Name = name, Namespace = "default", Uid = name + "-uid", Labels = new Dictionary<string, string> { ["app"] = "test" } },
        Spec = new() { Containers = containers, RestartPolicy = "Always", NodeName = "node-1", TerminationGracePeriodSeconds = 30, EnableServiceLinks = false },
    };

    public static Container Container(string name = "main", string image = "test.local/app:1") =>
        new() { Name = name, Image = image, ImagePullPolicy = "IfNotPresent" };

    public static Pod Deleted(this Pod pod, DateTimeOffset at, long grace = 30) =>
        pod with { Metadata = pod.Metadata with { DeletionTimestamp = at, DeletionGracePeriodSeconds = grace } };

    public static string? Condition(this PodStatus status, string type) => status.Conditions?.FirstOrDefault(c => c.Type == type)?.Status;
}
