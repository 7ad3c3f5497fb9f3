using System.Text.Json.Nodes;
using Platform.Api.Json;
using Platform.ApiServer.Patching;

namespace Platform.ApiServer.CustomResources;

/// <summary>A custom object as one document, with its metadata in it.</summary>
internal static class CustomDocument
{
    public static JsonObject Of(CustomObject value)
    {
        var document = (JsonObject)value.Content.DeepClone();
        document["apiVersion"] = value.ApiVersion;
        document["kind"] = value.Kind;
        document["metadata"] = JsonTree.Parse(ApiJson.Encode(value.Metadata));
        return document;
    }
}
