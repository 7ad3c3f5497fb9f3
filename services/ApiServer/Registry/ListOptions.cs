using Platform.Api.Errors;
using Platform.Api.Selectors;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry;

/// <summary>
/// What a list or watch asks for, checked as upstream checks it and in its order: what cannot be read is a bad request (400), a combination of
/// options that has no meaning is an invalid one (422, all findings at once), then fields that cannot be selected by and names that
/// contradict each other.
/// </summary>
internal sealed record ListOptions(Selection Selection, ReadVersion Version, string VersionMatch, int Limit, string Continue)
{
    private const string Exact = "Exact";
    private const string NotOlderThan = "NotOlderThan";
    private static readonly ReadVersion Latest = new(-1);

    /// <summary>Whether the list must be what it was at its version: asked for, or with a limit, since pages are of one version.</summary>
    public bool IsExact => VersionMatch == Exact || (VersionMatch.Length == 0 && Limit > 0 && Version.Value > 0);

    /// <summary>
    /// Most objects to answer with; 0 for all. A client that takes whatever the cache has gets all of it: upstream never pages such a list.
    /// </summary>
    public int PageSize => Continue.Length == 0 && Version.IsAny ? 0 : Limit;

    /// <summary>What <c>sendInitialEvents</c> says; null where it is not given. Only for watches.</summary>
    public bool? SendInitialEvents { get; private init; }

    /// <summary>How long a watch is to last, in seconds; null where the client does not say.</summary>
    public long? TimeoutSeconds { get; private init; }

    public static ListOptions Of(RegistryRequest request, ResourceCache cache)
    {
        if (!request.Http.Request.QueryString.HasValue)
            return new(Narrow(request, Selector.Everything, FieldSelector.Everything), Latest, "", 0, "");
        var limit = (int)Math.Clamp(request.Number("limit") ?? 0, 0, int.MaxValue);
        var timeout = request.Number("timeoutSeconds");
        var labels = Parsed(() => Selector.Parse(request.Query("labelSelector")));
        var fields = Parsed(() => FieldSelector.Parse(request.Query("fieldSelector")));
        var match = request.Query("resourceVersionMatch");
        var token = request.Query("continue");
        bool? initial = request.Query("sendInitialEvents").Length > 0 ? request.IsTrue("sendInitialEvents") : null;
        var findings = request.Info.Verb == "watch"
            ? WatchFindings(match, token, initial)
            : ListFindings(match, token, request.Query("resourceVersion"), initial);
        if (findings.Count > 0)
            throw ApiErrors.Invalid("meta.k8s.io", "ListOptions", "", findings);
        fields = Stored(request, cache, fields);
        return new(Narrow(request, labels, fields), ReadVersion.Parse(request.Query("resourceVersion")), match, limit, token)
        {
            SendInitialEvents = initial,
            TimeoutSeconds = timeout,
        };
    }

    private static List<FieldError> ListFindings(string match, string token, string version, bool? initial)
    {
        List<FieldError> findings = [];
        if (match.Length > 0)
        {
            if (version.Length == 0)
                findings.Add(Forbidden("resourceVersionMatch is forbidden unless resourceVersion is provided"));
            if (token.Length > 0)
                findings.Add(Forbidden("resourceVersionMatch is forbidden when continue is provided"));
            if (match is not (Exact or NotOlderThan))
                findings.Add(FieldError.NotSupported("resourceVersionMatch", match, [Exact, NotOlderThan, ""]));
            if (match == Exact && version == "0")
                findings.Add(Forbidden("resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
        }
        if (initial is not null)
            findings.Add(FieldError.Forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
        return findings;
    }

    private static List<FieldError> WatchFindings(string match, string token, bool? initial)
    {
        List<FieldError> findings = [];
        if (initial is not null && match != NotOlderThan)
            findings.Add(Forbidden("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        if (match.Length == 0)
            return findings;
        if (initial is null)
            findings.Add(Forbidden("resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
        if (match != NotOlderThan)
            findings.Add(FieldError.NotSupported("resourceVersionMatch", match, [NotOlderThan]));
        if (token.Length > 0)
            findings.Add(Forbidden("resourceVersionMatch is forbidden when continue is provided"));
        return findings;
    }

    private static FieldError Forbidden(string detail) => FieldError.Forbidden("resourceVersionMatch", detail);

    private static T Parsed<T>(Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (SelectorSyntaxException e)
        {
            throw ApiErrors.BadRequest(e.Message);
        }
    }

    /// <summary>The field selector in the stored version's names.</summary>
    private static FieldSelector Stored(RegistryRequest request, ResourceCache cache, FieldSelector selector)
    {
        if (selector.IsEmpty)
            return selector;
        var fields = cache.Definition.Rules.SelectableFields;
        return selector.Renamed(name => name is CachedObject.NameField or CachedObject.NamespaceField ? name
            : fields.FirstOrDefault(f => f.Name == request.Definition.StorageField(name))?.StoredName
            // Kinds with fields of their own and kinds without speak differently of what they do not have.
            ?? throw ApiErrors.BadRequest(fields.Count > 0 ? $"field label not supported: {name}"
                : $"\"{name}\" is not a known field selector: only \"{CachedObject.NameField}\", \"{CachedObject.NamespaceField}\""));
    }

    /// <summary>
    /// What is asked for by the path and by selectors. A name in the path of a watch, which only the old form of its path has, is a condition
    /// like any other; so a name in the selector cannot be a different one.
    /// </summary>
    private static Selection Narrow(RegistryRequest request, Selector labels, FieldSelector fields)
    {
        var info = request.Info;
        if (info.Name.Length == 0)
            return new(info.Namespace, labels, fields);
        if (fields.IsEmpty)
            return new(info.Namespace, labels, FieldSelector.Equal(CachedObject.NameField, info.Name));
        return fields.RequiredValue(CachedObject.NameField) == info.Name
            ? new(info.Namespace, labels, fields)
            : throw ApiErrors.BadRequest("fieldSelector metadata.name doesn't match requested name");
    }
}
