using System.Text;
using Platform.Api;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.ManagedFields;
using Platform.ApiServer.Patching;

namespace Platform.ApiServer.Registry.Verbs;

/// <summary>PATCH of an object or of its status: the patch is applied to the present object, and the result takes the way of an update.</summary>
internal sealed class PatchVerb(ObjectWrites writes, ApplyPatch apply) : IVerb
{
    public string Name => "patch";

    public Task HandleAsync(RegistryRequest request) => HandleAsync(request, UpdateKind.Main);

    public async Task HandleAsync(RegistryRequest request, UpdateKind kind)
    {
        if (ObjectBody.MediaType(request.Http.Request) == ApplyPatch.MediaType)
        {
            await apply.HandleAsync(request, kind);
            return;
        }

        var (definition, info) = (request.Definition, request.Info);
        var context = Context(request);
        var patch = await ReadAsync(request.Http);
        var outcome = await writes.UpdateAsync(context, definition, info.Namespace, info.Name, kind, current =>
        {
            // Entries that the patch does not speak of need not go through it: none mean the stored ones.
            var bytes = NamesManagedFields(request.Http, patch) ? current.Bytes : ManagedFieldsBytes.Cut(current.Bytes, out _);
            var patched = Apply(request, context, patch, bytes.Span, definition.Codec);
            // A patch insists on a version only where it names one; otherwise it is tried again on whatever comes in between.
            if (!NamesVersion(patch))
                patched.Metadata.ResourceVersion = null;
            return patched;
        });
        await request.AnswerAsync(StatusCodes.Status200OK, outcome.Stamped());
    }

    /// <summary>What a write needs to know of a request with a patch that is no apply.</summary>
    public static WriteContext Context(RegistryRequest request)
    {
        if (request.Query("force").Length > 0)
            throw ApiErrors.Invalid("meta.k8s.io", "PatchOptions", "", [FieldError.Forbidden("force", "may not be specified for non-apply patch")]);
        return request.ForWrite() with { IsPatch = true };
    }

    /// <summary>The patch of a request.</summary>
    public static async ValueTask<byte[]> ReadAsync(HttpContext http)
    {
        if (!PatchType.Supported.Contains(ObjectBody.MediaType(http.Request)))
            throw ApiErrors.UnsupportedMediaType(PatchType.Supported);
        return await ObjectBody.ReadAsync(http);
    }

    /// <summary>A document with a patch applied, as a typed value.</summary>
    public static KubernetesObject Apply(RegistryRequest request, WriteContext context, byte[] patch, ReadOnlySpan<byte> document, IObjectCodec codec)
    {
        var patched = PatchType.Apply(request.Http.Request.ContentType, document, patch, codec.PatchSchema);
        context.Warnings.Clear();
        var type = ObjectBody.MediaType(request.Http.Request);
        try
        {
            return ObjectDecoding.Decode(patched.Span, codec, request, context, () => PatchFindings.Of(type, patch, patched, codec));
        }
        catch (DocumentException e)
        {
            var shown = type == PatchType.Strategic ? GoSyntax.Plain(JsonTree.Parse(patch)) : Encoding.UTF8.GetString(patched.Span);
            throw PatchFailure.NoSuchObject(shown, e.Message);
        }
    }

    /// <summary>Whether a patch may speak of managedFields: by name, escaped, or as a part of what a pointer points to.</summary>
    private static bool NamesManagedFields(HttpContext http, ReadOnlySpan<byte> patch) =>
        patch.IndexOf("managedFields"u8) >= 0 || patch.IndexOf("\\u"u8) >= 0 || ObjectBody.MediaType(http.Request) == PatchType.Json;

    private static bool NamesVersion(ReadOnlySpan<byte> patch) => patch.IndexOf("resourceVersion"u8) >= 0;
}
