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

/// <summary>In what encoding an answer is sent.</summary>
internal enum AnswerFormat
{
    /// <summary>JSON as it is stored.</summary>
    Json,

    /// <summary>JSON with line breaks, for people.</summary>
    PrettyJson,

    /// <summary>YAML.</summary>
    Yaml,

    /// <summary>Protobuf, for declared kinds.</summary>
    Protobuf,
}

/// <summary>What an answer looks like: the outcome of <see cref="ContentNegotiation"/>.</summary>
/// <param name="Format">Encoding.</param>
/// <param name="Kind">Shape.</param>
/// <param name="MetaVersion">For tables and metadata, the version of <c>meta.k8s.io</c> that they are said to be of.</param>
/// <param name="IncludeObject">For tables, what each row carries: None, Metadata or Object.</param>
internal readonly record struct PresentationForm(AnswerFormat Format, PresentationKind Kind = PresentationKind.Object, string MetaVersion = "v1",
    string IncludeObject = "")
{
    /// <summary>Objects as they are stored, which needs no work at all.</summary>
    public bool IsPlain => Kind == PresentationKind.Object && Format == AnswerFormat.Json;

    /// <summary>Kind and version that a single object is sent as.</summary>
    public (string Kind, string ApiVersion) TypeOf(ResourceDefinition definition) => Kind switch
    {
        PresentationKind.Table => ("Table", "meta.k8s.io/" + MetaVersion),
        PresentationKind.Metadata => ("PartialObjectMetadata", "meta.k8s.io/" + MetaVersion),
        _ => (definition.Kind, definition.ApiVersion),
    };
}
