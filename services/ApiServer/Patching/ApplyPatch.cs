using System.Runtime.InteropServices;
using System.Text.Json;
using Platform.Api;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.ManagedFields;
using Platform.Api.Meta.V1;
using Platform.ApiServer.Authorization;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Patching;

/// <summary>
/// <c>PATCH application/apply-patch+yaml</c>: server-side apply of an object or its status. Creates what is missing (which needs the right to create),
/// and otherwise takes the way of an update with an object whose managedFields are already settled.
/// </summary>
internal sealed class ApplyPatch(ObjectWrites writes, WatchCaches caches, IAuthorizer authorizer, TimeProvider clock)
{
    public const string MediaType = "application/apply-patch+yaml";

    public async Task HandleAsync(RegistryRequest request, UpdateKind kind)
    {
        var definition = request.Definition;
        var context = Context(request);
        using var applied = await ReadAsync(request, context);
        var configuration = new AppliedConfiguration(applied.RootElement, definition, request.IsTrue("force"));
        configuration.Check(definition.Codec.MergeSchema);
        await caches.Ready(request.Aborted);
        var outcome = await WriteAsync(request, context, kind, configuration);
        await request.AnswerAsync(outcome.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK, outcome.Stamped());
    }

    /// <summary>What a write needs to know of an apply request.</summary>
    /// <exception cref="ApiException">422 without a field manager.</exception>
    public static WriteContext Context(RegistryRequest request)
    {
        if (request.Query("fieldManager").Length == 0)
            throw ApiErrors.Invalid("meta.k8s.io", "PatchOptions", "", [FieldError.Required("fieldManager", "is required for apply patch")]);
        return request.ForWrite() with { IsApply = true, IsPatch = true };
    }

    /// <summary>The configuration of a request, in YAML or JSON.</summary>
    public static async ValueTask<JsonDocument> ReadAsync(RegistryRequest request, WriteContext context)
    {
        var body = await ObjectBody.ReadAsync(request.Http);
        JsonDocument document;
        try
        {
            UnicodeText.Check(body);
            document = Parse(body);
        }
        catch (JsonException e)
        {
            throw ApiErrors.BadRequest($"error decoding YAML: error converting YAML to JSON: {JsonFault.Describe(e)}");
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw ApiErrors.BadRequest("error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
                + $"{GoSyntax.KindOf(JsonTree.Parse(JsonMarshal.GetRawUtf8Value(document.RootElement)))} into Go value of type map[string]interface {{}}");
        }

        if (RepeatedNames.In(document.RootElement) is { Count: > 0 } repeated)
        {
            switch (request.Query("fieldValidation"))
            {
                case "Strict":
                    throw ApiErrors.BadRequest($"error strict decoding YAML: {string.Join(", ", repeated)}");
                case "" or "Warn":
                    context.Warnings.AddRange(repeated);
                    break;
            }
        }

        return document;
    }

    private static JsonDocument Parse(byte[] body)
    {
        // What begins like JSON nearly always is, and then the YAML parser is not needed.
        if (body.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{', ..])
        {
            try
            {
                return JsonDocument.Parse(body, JsonDepth.Document);
            }
            catch (JsonException)
            {
                // Flow YAML then, or an error that the YAML parser words better.
            }
        }

        return ApiJson.Parse(YamlJson.ToJson(body));
    }

    private async Task<WriteOutcome> WriteAsync(RegistryRequest request, WriteContext context, UpdateKind kind, AppliedConfiguration configuration)
    {
        var (definition, info) = (request.Definition, request.Info);
        // What the cache has not seen yet may have been created a moment ago, and rights and preconditions of an update are others than those of a create.
        var isThere = kind != UpdateKind.Main || caches.Of(definition).Find(request.CacheKey) is not null
            || await writes.ReadAsync(definition, request.CacheKey, request.Aborted) is not null;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (isThere)
                    return await writes.UpdateAsync(context, definition, info.Namespace, info.Name, kind, current => UpdatedAsync(context, configuration, kind, current));
                Authorize(request);
                return await writes.CreateAsync(context, definition, info.Namespace, Created(context, configuration, info.Name));
            }
            catch (ApiException e) when (kind == UpdateKind.Main && attempt < ObjectWrites.MaximumAttempts && (isThere ? e.IsNotFound : e.IsAlreadyExists))
            {
                // It came or went in between.
                isThere = !isThere;
            }
        }
    }

    private void Authorize(RegistryRequest request)
    {
        var create = request.Info with { Verb = "create" };
        var decision = authorizer.Authorize(request.User, create);
        if (!decision.Allowed)
            throw RequestAuthorization.Forbidden(request.User, create, decision.Reason);
    }

    private KubernetesObject Created(WriteContext context, AppliedConfiguration configuration, string name)
    {
        configuration.CheckNew(name);
        var operation = FieldOwnership.Operation(context, configuration.Definition, UpdateKind.Main, clock.GetUtcNow());
        var value = Decode(configuration, JsonMarshal.GetRawUtf8Value(configuration.Document));
        value.Metadata.ManagedFields = ServerSideApply.Create(configuration.Document, operation).Encode();
        return value;
    }

    private async ValueTask<KubernetesObject> UpdatedAsync(WriteContext context, AppliedConfiguration configuration, UpdateKind kind, CachedObject current)
    {
        var definition = configuration.Definition;
        var bytes = ManagedFieldsBytes.Cut(current.Bytes, out var stored);
        var entries = ManagedFieldsBytes.Decode(stored);
        var owners = FieldOwners.TryDecode(entries) ?? FieldOwners.None;
        var operation = FieldOwnership.Operation(context, definition, kind, clock.GetUtcNow());
        using var live = JsonDocument.Parse(bytes, JsonDepth.Document);
        var result = await ClientSideUpgrade.ApplyAsync(owners, live.RootElement, configuration, operation);
        if (result.Conflicts.Count > 0)
            throw PatchFailure.Conflicts(result.Conflicts);
        var value = Decode(configuration, ClientSideUpgrade.WithAnnotation(result.Json, bytes, configuration, operation).Span);
        value.Metadata.ManagedFields = result.Owners.Encode();
        if (!configuration.NamesVersion)
            value.Metadata.ResourceVersion = null;
        return value;
    }

    private static KubernetesObject Decode(AppliedConfiguration configuration, ReadOnlySpan<byte> json)
    {
        try
        {
            return configuration.Definition.Codec.Decode(json);
        }
        catch (JsonException e)
        {
            throw ApiErrors.BadRequest($"failed to convert new typed object ({configuration.Described}) to object: {JsonFault.Describe(e)}");
        }
    }
}
