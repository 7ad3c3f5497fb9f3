using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.Json;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission.Webhooks;

/// <summary>The question to a webhook, as an <c>AdmissionReview</c> of admission.k8s.io.</summary>
internal static class AdmissionReviewJson
{
    /// <summary>Encodes what is asked.</summary>
    public static byte[] Encode(string uid, Invocation invocation, AdmissionRequest request)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = ApiJson.Options.Encoder, SkipValidation = true, MaxDepth = JsonDepth.Enclosed }))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", "AdmissionReview");
            writer.WriteString("apiVersion", "admission.k8s.io/" + invocation.Webhook.ReviewVersion);
            writer.WriteStartObject("request");
            writer.WriteString("uid", uid);
            Names(writer, invocation.Resource, request);
            writer.WriteString("operation", request.Operation);
            writer.WritePropertyName("userInfo");
            writer.WriteRawValue(ApiJson.Encode(request.User), skipInputValidation: true);
            Object(writer, "object", invocation.Documents.Object, request.ConnectOptions);
            Object(writer, "oldObject", invocation.Documents.OldObject, null);
            writer.WriteBoolean("dryRun", request.DryRun);
            Object(writer, "options", null, request.Options());
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    // The webhook is told the resource as its rules name it, and beside it the one that the client really asked for.
    private static void Names(Utf8JsonWriter writer, ResourceDefinition resource, AdmissionRequest request)
    {
        var asked = request.Kind;
        var isOwnKind = asked == (request.Resource.Group, request.Resource.Version, request.Resource.Kind);
        Kind(writer, "kind", isOwnKind ? (resource.Group, resource.Version, resource.Kind) : asked);
        Resource(writer, "resource", resource);
        var subresource = request.Info.Subresource;
        if (subresource.Length > 0)
            writer.WriteString("subResource", subresource);
        Kind(writer, "requestKind", asked);
        Resource(writer, "requestResource", request.Resource);
        if (subresource.Length > 0)
            writer.WriteString("requestSubResource", subresource);
        if (request.Name.Length > 0)
            writer.WriteString("name", request.Name);
        if (request.Info.Namespace.Length > 0)
            writer.WriteString("namespace", request.Info.Namespace);
    }

    private static void Kind(Utf8JsonWriter writer, string member, (string Group, string Version, string Kind) kind)
    {
        writer.WriteStartObject(member);
        writer.WriteString("group", kind.Group);
        writer.WriteString("version", kind.Version);
        writer.WriteString("kind", kind.Kind);
        writer.WriteEndObject();
    }

    private static void Resource(Utf8JsonWriter writer, string member, ResourceDefinition resource)
    {
        writer.WriteStartObject(member);
        writer.WriteString("group", resource.Group);
        writer.WriteString("version", resource.Version);
        writer.WriteString("resource", resource.Plural);
        writer.WriteEndObject();
    }

    private static void Object(Utf8JsonWriter writer, string member, ReadOnlyMemory<byte>? value, JsonObject? document)
    {
        writer.WritePropertyName(member);
        if (value is { } encoded)
            writer.WriteRawValue(encoded.Span, skipInputValidation: true);
        else if (document is not null)
            document.WriteTo(writer);
        else
            writer.WriteNullValue();
    }
}
