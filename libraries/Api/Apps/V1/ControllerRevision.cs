using System.Text.Json;
using Platform.Api.Meta.V1;
using Platform.Api.Schema;

namespace Platform.Api.Apps.V1;

/// <summary>A state of a stateful set's or daemon set's template, kept to roll back to. Never changed after it was made.</summary>
[Resource("apps", "v1", "controllerrevisions", "ControllerRevision")]
public sealed partial record ControllerRevision : KubernetesObject
{
    /// <summary>The state, as a patch of the owner.</summary>
    [Proto(2), PublishedAs(SchemaName.RawExtension)]
    public JsonElement? Data { get; set; }

    /// <summary>Number of the revision; greater is newer.</summary>
    [Proto(3), Required]
    public long? Revision { get; set; }
}
