using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>In what shape objects are sent.</summary>
internal enum PresentationKind
{
    /// <summary>As they are.</summary>
    Object,

    /// <summary>As a table of the kind's columns.</summary>
    Table,

    /// <summary>Their metadata only.</summary>
    Metadata,
}

/// <summary>The shape that a request's <c>Accept</c> header asks for; of several the first that the server has.</summary>
/// <param name="Kind">Shape.</param>
/// <param name="IncludeObject">For tables, what each row carries: None, Metadata or Object.</param>
internal readonly record struct PresentationForm(PresentationKind Kind, string IncludeObject)
{
    private static readonly string[] Accepted = ["application/json"];

    public static PresentationForm Of(RegistryRequest request)
    {
        var accept = request.Http.Request.Headers.Accept.ToString();
        if (accept is "" or "application/json" or "*/*")
            return new(PresentationKind.Object, "");
        foreach (var clause in accept.Split(','))
        {
            var parts = clause.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0] is not ("application/json" or "application/*" or "*/*"))
                continue;
            var shape = Parameter(parts, "as");
            if (shape.Length == 0)
                return new(PresentationKind.Object, "");
            if (Parameter(parts, "g") != "meta.k8s.io" || Parameter(parts, "v") != "v1")
                continue;
            if (shape == "Table")
                return new(PresentationKind.Table, IncludeObjectOf(request));
            if (shape is "PartialObjectMetadata" or "PartialObjectMetadataList")
                return new(PresentationKind.Metadata, "");
        }
        throw ApiErrors.NotAcceptable(Accepted);
    }

    private static string IncludeObjectOf(RegistryRequest request) => request.Query("includeObject") switch
    {
        "" or "Metadata" => "Metadata",
        "None" => "None",
        "Object" => "Object",
        var other => throw ApiErrors.BadRequest($"unrecognized includeObject value: {other}"),
    };

    private static string Parameter(string[] parts, string name)
    {
        foreach (var part in parts.AsSpan(1))
        {
            if (part.StartsWith(name, StringComparison.Ordinal) && part.Length > name.Length && part[name.Length] == '=')
                return part[(name.Length + 1)..];
        }
        return "";
    }
}
