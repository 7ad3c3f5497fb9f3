using System.Globalization;
using System.Text.Json;
using Platform.Api;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.Authorization;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Presentation;
using Platform.ApiServer.Registry.Versions;
using Platform.ApiServer.Watching;
using Platform.Storage;

namespace Platform.ApiServer.History;

/// <summary>
/// <c>POST …/{name}/undo</c>, with <c>{"revision":"123"}</c> or nothing: writes an earlier revision of the object back as a new change. It takes the way
/// of an update, with admission and validation, or of a create where the object has been deleted; <c>dryRun=All</c> shows what would come. It is
/// authorized as what it does: to read and to update the object, and to create it where it is gone. So no role has to know it.
/// </summary>
internal sealed class UndoHandler(
    ResourceRegistry registry, ObjectWrites writes, WatchCaches caches, IRevisionedStore store, IAuthorizer authorizer, Presenter presenter, TimeProvider clock)
    : IRequestHandler
{
    public const string Subresource = "undo";

    private static readonly string[] Known = ["apiVersion", "kind", "revision"];

    /// <summary>What the pipeline authorizes instead of the undo.</summary>
    public static RequestInfo Authorized(RequestInfo undo) => undo with { Verb = "update", Subresource = "" };

    public Task? TryHandle(HttpContext context, ApiRequest request)
    {
        var info = request.Info;
        if (info is not { IsResourceRequest: true, Subresource: Subresource } || registry.Find(info.Group, info.Version, info.Resource) is not { } served)
            return null;
        if (!registry.Current.IsStored(served) || !served.Verbs.Contains("update"))
            throw ApiErrors.PathNotFound();
        if (info.Verb != "create")
            throw ApiErrors.MethodNotAllowed();
        return UndoAsync(new(context, request, served, clock, presenter));
    }

    private async Task UndoAsync(RegistryRequest request)
    {
        var (definition, info) = (request.Definition, request.Info with { Subresource = "" });
        Require(request, info with { Verb = "get" });
        var wanted = await WantedAsync(request);
        await caches.Ready(request.Aborted);
        var key = definition.Key(info.Namespace, info.Name);
        if (await store.HistoryAsync(key, request.Aborted).FirstOrDefaultAsync(request.Aborted) is not { } newest)
            throw request.NotFound();
        var target = await UndoTarget.FindAsync(store.HistoryAsync(key, request.Aborted), wanted);
        var stored = caches.Of(definition).Make(new(key, target.Value, target.Revision, target.Revision));
        var earlier = await stored.InVersionAsync(definition, request.Aborted);
        var context = request.ForWrite();
        WriteOutcome outcome;
        if (newest.Type == StorageEventType.Deleted)
        {
            Require(request, info with { Verb = "create" });
            context = context with { Info = info with { Verb = "create" } };
            outcome = await writes.CreateAsync(context, definition, info.Namespace, UndoTarget.Anew(earlier.Decode()));
        }
        else
        {
            context = context with { Info = info with { Verb = "update" } };
            outcome = await writes.UpdateAsync(context, definition, info.Namespace, info.Name, UpdateKind.Main,
                current => UndoTarget.Over(current.Decode(), earlier.Decode(), definition.Rules.AllowsUnconditionalUpdate));
        }

        await request.AnswerAsync(outcome.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK, outcome.Stamped());
    }

    private void Require(RegistryRequest request, RequestInfo info)
    {
        var decision = authorizer.Authorize(request.User, info);
        if (!decision.Allowed)
            throw RequestAuthorization.Forbidden(request.User, info, decision.Reason);
    }

    /// <summary>The revision that the body names; null where it names none.</summary>
    private static async Task<long?> WantedAsync(RegistryRequest request)
    {
        var body = await ObjectBody.ReadAsync(request.Http);
        if (body.Length == 0)
            return null;
        try
        {
            using var document = ApiJson.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || root.EnumerateObject().Any(member => !Known.Contains(member.Name)))
                throw ApiErrors.BadRequest("the body of an undo is {\"revision\":\"NUMBER\"}, or empty for the latest change");
            if (!root.TryGetProperty("revision", out var revision) || revision.ValueKind == JsonValueKind.Null)
                return null;
            var text = revision.ValueKind == JsonValueKind.String ? revision.GetString() : revision.GetRawText();
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw ApiErrors.BadRequest($"revision must be a number, such as \"123\", not {revision.GetRawText()}");
        }
        catch (JsonException e)
        {
            throw ApiErrors.BadRequest($"the body is not JSON: {JsonFault.Describe(e)}");
        }
    }
}
