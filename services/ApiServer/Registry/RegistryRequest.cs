using System.Globalization;
using Platform.Api.Authentication.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Patching;
using Platform.ApiServer.Registry.Presentation;
using Platform.ApiServer.Registry.Versions;
using Platform.Storage;

namespace Platform.ApiServer.Registry;

/// <summary>A request for a resource, with what verbs ask of it.</summary>
internal sealed class RegistryRequest(HttpContext http, ApiRequest request, ResourceDefinition definition, TimeProvider clock, Presenter presenter)
{
    public HttpContext Http { get; } = http;

    public RequestInfo Info { get; } = request.Info;

    public ResourceDefinition Definition { get; } = definition;

    public UserInfo User { get; } = request.User;

    /// <summary>What the answer looks like. It is settled before anything is done, since a client that accepts nothing must not change anything.</summary>
    public PresentationForm Form { get; } = ContentNegotiation.Of(http.Request,
        AnswerAbilities.Transforms | (request.Info.Verb == "watch" ? AnswerAbilities.Watch : AnswerAbilities.None)
        | (definition.HasProtobuf ? AnswerAbilities.Protobuf : AnswerAbilities.None));

    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>Name within the resource's watch cache.</summary>
    public string CacheKey => Definition.Namespaced ? $"{Info.Namespace}/{Info.Name}" : Info.Name;

    public string Query(string name) => Http.Request.QueryString.HasValue ? Http.Request.Query[name].ToString() : "";

    /// <summary>A whole number of the query; null where it is not given.</summary>
    /// <exception cref="ApiException">400 where it is not a number.</exception>
    public long? Number(string name)
    {
        if (!Http.Request.QueryString.HasValue || !Http.Request.Query.TryGetValue(name, out var given))
            return null;
        var text = given[0] ?? "";
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiErrors.BadRequest(GoSyntax.NotInteger("ParseInt", text));
    }

    /// <summary>A flag of the query. As upstream reads them only <c>false</c> and <c>0</c> say no, so that the bare name says yes.</summary>
    public bool IsTrue(string name) =>
        Http.Request.QueryString.HasValue && Http.Request.Query.TryGetValue(name, out var given) && QueryFlag.IsSet(given[0]);

    /// <summary>Everything that a write needs to know of its request.</summary>
    public WriteContext ForWrite(IReadOnlyList<string>? dryRun = null)
    {
        IReadOnlyList<string> all = dryRun is { Count: > 0 } ? dryRun
            : Http.Request.QueryString.HasValue ? [.. Http.Request.Query["dryRun"].OfType<string>()] : [];
        foreach (var value in all)
        {
            if (value is not ("All" or ""))
                throw ApiErrors.Invalid("meta.k8s.io", "Options", "", [FieldError.NotSupported("dryRun", value, ["All"])]);
        }
        return new(Info, User, new Cause(request.TraceParent, User.Username
            ?? "", clock.GetUtcNow()), all.Contains("All"), Aborted) { Admits = true, Http = Http, Warnings = new(Http), FieldManager = FieldManager.Of(Http, Info.Verb) };
    }

    /// <summary>Answers with an object of the resource, given as JSON, in the shape and encoding that were asked for.</summary>
    public Task AnswerAsync(int status, ReadOnlyMemory<byte> json) => AnswerAsync(Definition, status, json);

    /// <summary>Answers with one object that is not of the resource itself, such as what a subresource shows.</summary>
    public Task AnswerAsync(ResourceDefinition shownAs, int status, ReadOnlyMemory<byte> json) => presenter.ObjectAsync(Http, Form, shownAs, status, json);

    /// <summary>Answers with a list of the resource's objects, in the shape and encoding that were asked for.</summary>
    public async Task AnswerAsync(ListPage page) => await presenter.ListAsync(Http, Form, Definition, await page.InVersionAsync(Definition, Aborted));

    public ApiException NotFound() => ApiErrors.NotFound(Definition.Group, Definition.Plural, Info.Name);
}

/// <summary>Who writes, why, and whether it is only a rehearsal.</summary>
internal sealed record WriteContext(RequestInfo Info, UserInfo User, Cause Cause, bool DryRun, CancellationToken Aborted)
{
    /// <summary>Whether admission plugins are asked; the server's own writes pass them by.</summary>
    public bool Admits { get; init; }

    /// <summary>Who comes to own the fields that the write changes; null where the write leaves ownership alone.</summary>
    public string? FieldManager { get; init; }

    /// <summary>Whether the object's managedFields are settled already, because it is applied.</summary>
    public bool IsApply { get; init; }

    /// <summary>Whether the write is a patch: it starts from the stored object and needs not name its version.</summary>
    public bool IsPatch { get; init; }

    /// <summary>The request behind the write; null for the server's own writes.</summary>
    public HttpContext? Http { get; init; }

    /// <summary>What admission is shown in place of the object; null: the object itself.</summary>
    public AdmissionView? View { get; init; }

    /// <summary>Options of a deletion.</summary>
    public Platform.Api.Meta.V1.DeleteOptions? Deletion { get; init; }

    /// <summary>What the answer warns of.</summary>
    public RequestWarnings Warnings { get; init; } = new(null);
}
