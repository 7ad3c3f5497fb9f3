using Platform.Api;

namespace Platform.ApiServer.Registry;

/// <summary>What admission is shown of a write to a subresource that has a kind of its own, such as a <c>Scale</c>, and how to take over what it has changed there.</summary>
/// <param name="Codec">Reads and writes the kind.</param>
/// <param name="Show">Makes the view of an object.</param>
/// <param name="Take">Takes a changed view over into the object.</param>
internal sealed record AdmissionView(IObjectCodec Codec, Func<KubernetesObject, KubernetesObject> Show, Action<KubernetesObject, KubernetesObject> Take);
