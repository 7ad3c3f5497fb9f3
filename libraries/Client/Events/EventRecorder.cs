using System.Globalization;
using System.Reflection;
using Platform.Api;

namespace Platform.Client.Events;

/// <summary>Makes events about objects and hands them to the sink. The source is asked for late, since a reconciler's name is known only once it exists.</summary>
internal sealed class EventRecorder(EventSink sink, Func<string> component, string? host, TimeProvider time) : IEventRecorder
{
    /// <summary>Longest message that the server accepts, in characters.</summary>
    private const int MaxMessage = 1024;

    public void Normal(KubernetesObject about, string reason, string message) => Record(about, "Normal", reason, message);

    public void Warning(KubernetesObject about, string reason, string message) => Record(about, "Warning", reason, message);

    private void Record(KubernetesObject about, string type, string reason, string message)
    {
        var now = time.GetUtcNow();
        var metadata = about.Metadata;
        var resource = about.GetType().GetCustomAttribute<ResourceAttribute>();
        // Events about cluster-scoped objects live in "default", as everywhere in Kubernetes.
        var ns = string.IsNullOrEmpty(metadata.Namespace) ? "default" : metadata.Namespace;
        sink.Post(new()
        {
            Metadata = new() { Namespace = ns, Name = string.Create(CultureInfo.InvariantCulture, $"{metadata.Name}.{now.Ticks:x16}") },
            InvolvedObject = new()
            {
                ApiVersion = about.ApiVersion ?? (resource is null ? null : resource.Group.Length == 0 ? resource.Version : $"{resource.Group}/{resource.Version}"),
                Kind = about.Kind ?? resource?.Kind,
                Namespace = metadata.Namespace,
                Name = metadata.Name,
                Uid = metadata.Uid,
                ResourceVersion = metadata.ResourceVersion,
            },
            Type = type,
            Reason = reason,
            Message = message.Length <= MaxMessage ? message : message[..MaxMessage],
            Source = new() { Component = component(), Host = host },
            ReportingComponent = component(),
            ReportingInstance = host ?? "",
            FirstTimestamp = now,
            LastTimestamp = now,
            Count = 1,
        });
    }
}
