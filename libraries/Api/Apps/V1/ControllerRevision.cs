using System.Text.Json;
using Platform.Api.Meta.V1;
using Platform.Api.Schema;

namespace Platform.Api.Apps.V1;

[Resource("apps", "v1", "controllerrevisions", "ControllerRevision")]
public sealed partial record ControllerRevision : KubernetesObject
{
    [Proto(2), PublishedAs(SchemaName.RawExtension)]
    public JsonElement? Data { get; set; }

    [Proto(3), Required]
    public long? Revision { get; set; }
}
