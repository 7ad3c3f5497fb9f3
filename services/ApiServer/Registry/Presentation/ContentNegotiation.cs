using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>What an endpoint can answer with, besides JSON.</summary>
[Flags]
internal enum AnswerAbilities
{
    /// <summary>Objects as they are.</summary>
    None = 0,

    /// <summary>Tables, and the metadata alone.</summary>
    Transforms = 1,

    /// <summary>A stream of events rather than one document.</summary>
    Watch = 2,

    /// <summary>Protobuf, which only declared kinds have.</summary>
    Protobuf = 4,
}

/// <summary>
/// Decides how an answer is encoded and in what shape, from the <c>Accept</c> header. The client names alternatives; the first that the endpoint has is
/// taken, where parameters such as <c>as=Table</c> belong to the alternative and make it impossible where the endpoint lacks them. This is the only
/// place that reads the header for API objects. The rules are those of upstream's negotiation: no header means JSON, and an error is sent as JSON
/// where nothing fits, since a failure must not hide behind a wrong header.
/// </summary>
internal static class ContentNegotiation
{
    private const string MetaGroup = "meta.k8s.io";

    // Of alternatives that the client wants equally (wildcards), the first here.
    private static readonly (string Subtype, AnswerFormat Format)[] Formats = [("json", AnswerFormat.Json), ("yaml", AnswerFormat.Yaml), ("vnd.kubernetes.protobuf",
        AnswerFormat.Protobuf)];

    /// <summary>The form of an answer.</summary>
    /// <exception cref="ApiException">406 where the endpoint has nothing that the client accepts.</exception>
    public static PresentationForm Of(HttpRequest request, AnswerAbilities abilities)
    {
        if (TryOf(request, abilities, out var form))
            return form;
        throw ApiErrors.NotAcceptable(Formats.Where(f => Offers(abilities, f.Format)).Select(f =>
            "application/" + f.Subtype + (abilities.HasFlag(AnswerAbilities.Watch) ? ";stream=watch" : "")));
    }

    /// <summary>The form of an answer that is sent in any case.</summary>
    public static PresentationForm OrJson(HttpRequest request) =>
        TryOf(request, AnswerAbilities.Protobuf, out var form) ? form : new(AnswerFormat.PrettyJson);

    private static bool TryOf(HttpRequest request, AnswerAbilities abilities, out PresentationForm form)
    {
        var header = request.Headers.Accept;
        var text = header.Count == 1 ? header[0]! : header.ToString();
        if (text is "" or "application/json" or "*/*")
        {
            form = new(WithPretty(request, abilities, AnswerFormat.Json, asked: false));
            return true;
        }
        foreach (var clause in AcceptClause.Parse(text))
        {
            foreach (var (subtype, format) in Formats)
            {
                if (clause.Covers("application", subtype) && Offers(abilities, format) && Match(request, clause, format, abilities) is { } found)
                {
                    form = found;
                    return true;
                }
            }
        }
        form = default;
        return false;
    }

    private static bool Offers(AnswerAbilities abilities, AnswerFormat format) => format switch
    {
        // A stream of YAML documents is not defined.
        AnswerFormat.Yaml => !abilities.HasFlag(AnswerAbilities.Watch),
        AnswerFormat.Protobuf => abilities.HasFlag(AnswerAbilities.Protobuf),
        _ => true,
    };

    private static PresentationForm? Match(HttpRequest request, AcceptClause clause, AnswerFormat format, AnswerAbilities abilities)
    {
        var (kind, group, version, pretty) = ("", "", "", false);
        foreach (var (name, value) in clause.Parameters)
        {
            switch (name)
            {
                case "as":
                    kind = value;
                    break;
                case "g":
                    group = value;
                    break;
                case "v":
                    version = value;
                    break;
                case "stream" when value is not ("" or "watch"):
                    return null;
                case "pretty":
                    pretty = value == "1";
                    break;
            }
        }
        var shape = Shape(kind, group, version, format, abilities);
        return shape is null ? null : new(WithPretty(request, abilities, format, pretty), shape.Value, version is "" ? "v1" : version,
            shape == PresentationKind.Table ? IncludeObjectOf(request) : "");
    }

    private static PresentationKind? Shape(string kind, string group, string version, AnswerFormat format, AnswerAbilities abilities)
    {
        if (kind.Length == 0 && group.Length == 0 && version.Length == 0)
            return PresentationKind.Object;
        if (!abilities.HasFlag(AnswerAbilities.Transforms) || group != MetaGroup || version is not ("v1" or "v1beta1"))
            return null;
        return kind switch
        {
            "Table" when format is AnswerFormat.Json or AnswerFormat.Yaml => PresentationKind.Table,
            "PartialObjectMetadata" or "PartialObjectMetadataList" => PresentationKind.Metadata,
            _ => null,
        };
    }

    /// <summary>JSON for people where they ask for it, or where the client is one that people use by hand.</summary>
    private static AnswerFormat WithPretty(HttpRequest request, AnswerAbilities abilities, AnswerFormat format, bool asked)
    {
        if (format != AnswerFormat.Json || abilities.HasFlag(AnswerAbilities.Watch))
            return format;
        return asked || IsForPeople(request) ? AnswerFormat.PrettyJson : format;
    }

    private static bool IsForPeople(HttpRequest request)
    {
        if (request.QueryString.HasValue && request.Query["pretty"].ToString() is { Length: > 0 } pretty)
            return pretty is "1" or "t" or "T" or "true" or "True" or "TRUE";
        var agents = request.Headers.UserAgent;
        return agents.Count > 0 && agents[0] is { } agent
            && (agent.StartsWith("curl", StringComparison.Ordinal) || agent.StartsWith("Wget", StringComparison.Ordinal)
                || agent.StartsWith("Mozilla/5.0", StringComparison.Ordinal));
    }

    private static string IncludeObjectOf(HttpRequest request) => request.Query["includeObject"].ToString() switch
    {
        "" or "Metadata" => "Metadata",
        "None" => "None",
        "Object" => "Object",
        var other => throw ApiErrors.BadRequest($"unrecognized includeObject value: {other}"),
    };
}
