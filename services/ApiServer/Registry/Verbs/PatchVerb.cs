using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api;
using Platform.ApiServer.Patching;

namespace Platform.ApiServer.Registry.Verbs;

/// <summary>PATCH of an object or of its status: the patch is applied to the present object, and the result takes the way of an update.</summary>
internal sealed class PatchVerb(ObjectWrites writes) : IVerb
{
    public string Name => "patch";

    public Task HandleAsync(RegistryRequest request) => HandleAsync(request, UpdateKind.Main);

    public async Task HandleAsync(RegistryRequest request, UpdateKind kind)
    {
        var (definition, info) = (request.Definition, request.Info);
        var context = request.ForWrite();
        var patch = await ReadAsync(request.Http);
        var outcome = await writes.UpdateAsync(context, definition, info.Namespace, info.Name, kind, current =>
        {
            var patched = Apply(request, context, patch, current.Bytes.Span, definition.Codec);
            // A patch insists on a version only where it names one; otherwise it is tried again on whatever comes in between.
            if (!NamesVersion(patch))
                patched.Metadata.ResourceVersion = null;
            return patched;
        });
        ObjectResponse.Warn(request.Http, context.Warnings);
        await request.AnswerAsync(StatusCodes.Status200OK, outcome.Stamped());
    }

    /// <summary>The patch of a request.</summary>
    public static async ValueTask<byte[]> ReadAsync(HttpContext http)
    {
        if (!PatchType.Supported.Contains(ObjectBody.MediaType(http.Request)))
            throw Platform.Api.Errors.ApiErrors.UnsupportedMediaType(PatchType.Supported);
        return await ObjectBody.ReadAsync(http);
    }

    /// <summary>A document with a patch applied, as a typed value.</summary>
    public static KubernetesObject Apply(RegistryRequest request, WriteContext context, byte[] patch, ReadOnlySpan<byte> document, IObjectCodec codec)
    {
        var result = PatchType.Apply(request.Http.Request.ContentType, JsonTree.Parse(document)!, patch, codec.PatchSchema);
        context.Warnings.Clear();
        return ObjectDecoding.Decode(JsonSerializer.SerializeToUtf8Bytes(result, PatchJson.Default.JsonNode), codec, request, context);
    }

    private static bool NamesVersion(ReadOnlySpan<byte> patch) => patch.IndexOf("resourceVersion"u8) >= 0;
}

[System.Text.Json.Serialization.JsonSerializable(typeof(JsonNode))]
internal sealed partial class PatchJson : System.Text.Json.Serialization.JsonSerializerContext;
