namespace Platform.ApiServer.Tests.Registry.Reads;

/// <summary>
/// The tables of "Kubernetes API Concepts" (Resource versions: semantics for get and list, for watch; Retrieving large results sets in chunks;
/// Streaming lists), row by row, with what the server must answer. In a query {old} stands for the version of the list before the last write, {now} for
/// the present version, {future} for one that will not be reached, {next} for the token of a first page of one, {gone} for a token whose version
/// was compacted, {inconsistent} for a token that goes on with what is there now. Objects: a, b, c; c was created last.
/// </summary>
internal static class ReadRules
{
    private const string Invalid = "ListOptions.meta.k8s.io \"\" is invalid: ";

    /// <summary>Rule, query, names in the answer.</summary>
    public static TheoryData<string, string, string> Lists => new()
    {
        { "list, match unset, limit unset, version unset: most recent", "", "a b c" },
        { "list, match unset, limit unset, version 0: any", "resourceVersion=0", "a b c" },
        { "list, match unset, limit unset, other version: not older than", "resourceVersion={old}", "a b c" },
        { "list, match unset, limit, version unset: most recent, in pages", "limit=1", "a +2" },
        { "list, match unset, limit, version 0: any; the limit is not regarded (watch cache of v1.32)", "resourceVersion=0&limit=1", "a b c" },
        { "list, match unset, limit, other version: exact", "resourceVersion={old}&limit=1", "a +1" },
        { "list, match unset, limit, other version: exact", "resourceVersion={old}&limit=5", "a b" },
        { "list, match unset, continue, version unset: continuation", "limit=1&continue={next}", "b +1" },
        { "list, match unset, continue, version 0: continuation", "limit=5&resourceVersion=0&continue={next}", "b c" },
        { "list, Exact, limit unset, other version: exact", "resourceVersion={old}&resourceVersionMatch=Exact", "a b" },
        { "list, Exact, limit, other version: exact", "resourceVersion={old}&resourceVersionMatch=Exact&limit=1", "a +1" },
        { "list, NotOlderThan, limit unset, version 0: any", "resourceVersion=0&resourceVersionMatch=NotOlderThan", "a b c" },
        { "list, NotOlderThan, limit unset, other version: not older than", "resourceVersion={old}&resourceVersionMatch=NotOlderThan", "a b c" },
        { "list, NotOlderThan, limit, version 0: any", "resourceVersion=0&resourceVersionMatch=NotOlderThan&limit=2", "a b c" },
        { "list, NotOlderThan, limit, other version: not older than", "resourceVersion={old}&resourceVersionMatch=NotOlderThan&limit=2", "a b +1" },
        { "remainingItemCount is left out where a selector narrows the list", "limit=1&labelSelector=tier+in+(web,db)", "a +?" },
        { "remainingItemCount is left out where a selector narrows the list", "limit=1&fieldSelector=metadata.name!=a", "b +?" },
        { "an inconsistent continuation goes on with what is there now", "limit=5&continue={inconsistent}", "b c" },
        { "a limit of zero or less is none", "limit=-1", "a b c" },
        { "unknown parameters are ignored", "colour=blue&limit=5", "a b c" },
        { "a flag is set unless it says false or 0", "watch=false", "a b c" },
        { "a flag is set unless it says false or 0", "watch=0", "a b c" },
    };

    /// <summary>Rule, query, code, reason, message.</summary>
    public static TheoryData<string, string, int, string, string> RefusedLists => new()
    {
        { "list, continue, other version: invalid", "limit=1&resourceVersion={old}&continue={next}", 400, "BadRequest",
            "specifying resource version is not allowed when using continue" },
        { "list, Exact, version unset: invalid", "resourceVersionMatch=Exact", 422, "Invalid",
            Invalid + "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided" },
        { "list, Exact, version 0: invalid", "resourceVersionMatch=Exact&resourceVersion=0", 422, "Invalid",
            Invalid + "resourceVersionMatch: Forbidden: resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"" },
        { "list, NotOlderThan, version unset: invalid", "resourceVersionMatch=NotOlderThan&limit=1", 422, "Invalid",
            Invalid + "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided" },
        { "list, a match with continue: invalid; all findings at once", "resourceVersionMatch=Exact&continue={next}", 422, "Invalid",
            Invalid + "[resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided, "
            + "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided]" },
        { "list, a match that does not exist", "resourceVersionMatch=Latest&resourceVersion=1", 422, "Invalid",
            Invalid + "resourceVersionMatch: Unsupported value: \"Latest\": supported values: \"\", \"Exact\", \"NotOlderThan\"" },
        { "list, sendInitialEvents: for watches only", "sendInitialEvents=true", 422, "Invalid",
            Invalid + "sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list" },
        { "list, a version that is no number", "resourceVersion=cool", 400, "BadRequest",
            "resourceVersion: Invalid value: \"cool\": strconv.ParseUint: parsing \"cool\": invalid syntax" },
        { "list, a limit that is no number", "limit=few", 400, "BadRequest", "strconv.ParseInt: parsing \"few\": invalid syntax" },
        { "list, a time that is no number", "timeoutSeconds=0.1s", 400, "BadRequest", "strconv.ParseInt: parsing \"0.1s\": invalid syntax" },
        { "a token that is none", "continue=e30", 400, "BadRequest",
            "invalid continue token: continue key is not valid: server does not recognize this encoded version " },
        { "a token that leads out of the resource", "continue={escape}", 400, "BadRequest",
            "invalid continue token: continue key is not valid: ../secrets/" },
        { "a continuation whose version is gone: 410 with a token to go on inconsistently", "limit=1&continue={gone}", 410, "Expired",
            "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, "
            + "or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an "
            + "inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list." },
        { "an exact version that is gone: 410", "resourceVersion=1&resourceVersionMatch=Exact", 410, "Expired",
            "The resourceVersion for the provided list is too old." },
        { "a label selector that cannot be read", "labelSelector=tier%3D%3D%3Dweb", 400, "BadRequest",
            "unable to parse requirement: found '=', expected: identifier" },
        { "a label selector with a value that is none", "labelSelector=tier%3D-web", 400, "BadRequest", "unable to parse requirement: values[0][tier]: "
            + "Invalid value: \"-web\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end "
            + "with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')" },
        { "a field selector that cannot be read", "fieldSelector=name", 400, "BadRequest", "invalid selector: 'name'; can't understand 'name'" },
        { "a field that the kind cannot be selected by", "fieldSelector=data.v%3D1", 400, "BadRequest",
            "\"data.v\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"" },
    };

    /// <summary>Rule, query, code, reason, message.</summary>
    public static TheoryData<string, string, int, string, string> RefusedWatches => new()
    {
        { "watch, sendInitialEvents without NotOlderThan: invalid", "sendInitialEvents=true", 422, "Invalid",
            Invalid + "resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan" },
        { "watch, sendInitialEvents with Exact: invalid", "sendInitialEvents=false&resourceVersionMatch=Exact", 422, "Invalid",
            Invalid + "[resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan, "
            + "resourceVersionMatch: Unsupported value: \"Exact\": supported values: \"NotOlderThan\"]" },
        { "watch, a match without sendInitialEvents: invalid", "resourceVersionMatch=NotOlderThan", 422, "Invalid",
            Invalid + "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided" },
        { "watch, a match with continue: invalid", "resourceVersionMatch=NotOlderThan&sendInitialEvents=true&continue=x", 422, "Invalid",
            Invalid + "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided" },
        { "watch, a version that is no number", "resourceVersion=-1", 400, "BadRequest",
            "resourceVersion: Invalid value: \"-1\": strconv.ParseUint: parsing \"-1\": invalid syntax" },
    };

    /// <summary>Rule, query, the events that come before anything happens, B standing for a bookmark and E for the bookmark behind the initial events.</summary>
    public static TheoryData<string, string, string> Watches => new()
    {
        { "watch, version unset: get state and start at most recent", "", "+a +b +c" },
        { "watch, version 0: get state and start at any", "resourceVersion=0", "+a +b +c" },
        { "watch, other version: start at exact", "resourceVersion={old}", "+c" },
        { "watch, other version: start at exact", "resourceVersion={now}", "" },
        { "watch, version in the future: nothing until it is passed", "resourceVersion={future}", "" },
        { "watch, sendInitialEvents, version unset: state, and a bookmark when it is complete",
            "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true", "+a +b +c E" },
        { "watch, sendInitialEvents, version 0", "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&resourceVersion=0",
            "+a +b +c E" },
        { "watch, sendInitialEvents, other version: state, at least as new",
            "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&resourceVersion={old}", "+a +b +c E" },
        { "watch, sendInitialEvents without bookmarks: state, and no bookmark", "sendInitialEvents=true&resourceVersionMatch=NotOlderThan", "+a +b +c" },
        { "watch, sendInitialEvents false: no state", "sendInitialEvents=false&resourceVersionMatch=NotOlderThan", "" },
        { "watch, sendInitialEvents false, version 0: no state", "sendInitialEvents=false&resourceVersionMatch=NotOlderThan&resourceVersion=0", "" },
        { "watch, sendInitialEvents false, other version: start at exact",
            "sendInitialEvents=false&resourceVersionMatch=NotOlderThan&resourceVersion={old}", "+c" },
        { "watch with selectors", "labelSelector=tier%3Ddb", "+b" },
        { "watch of one object", "fieldSelector=metadata.name%3Db", "+b" },
        { "limit and pages are nothing to a watch", "limit=1", "+a +b +c" },
    };
}
