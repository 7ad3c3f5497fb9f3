using Platform.Api;

namespace Platform.Client;

/// <summary>Tells users what happened to an object. Repeated events are counted up, and sending never blocks or fails the caller.</summary>
public interface IEventRecorder
{
    /// <summary>Records a <c>Normal</c> event.</summary>
    /// <param name="about">Object that the event is about.</param>
    /// <param name="reason">CamelCase reason, as upstream has it, such as <c>ScalingReplicaSet</c>.</param>
    /// <param name="message">Sentence for people.</param>
    void Normal(KubernetesObject about, string reason, string message);

    /// <summary>Records a <c>Warning</c> event.</summary>
    void Warning(KubernetesObject about, string reason, string message);
}
