using Platform.Cel.Values;

namespace Platform.Cel;

/// <summary>Decides the questions that expressions put to <c>authorizer</c>. The host gives it.</summary>
public interface ICelAuthorizer
{
    /// <summary>Whether the request's user, or the service account of the question, may do what is asked.</summary>
    CelDecision Decide(CelAuthorization question);
}

/// <summary>An authorizer's decision.</summary>
/// <param name="Allowed">Whether it is allowed.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Error">What failed while deciding; null where nothing did.</param>
public sealed record CelDecision(bool Allowed, string Reason, string? Error = null);

/// <summary>A question to an authorizer.</summary>
/// <param name="Authorizer">Whom to ask.</param>
public sealed record CelAuthorization(ICelAuthorizer Authorizer)
{
    /// <summary>Type of the variable <c>authorizer</c>.</summary>
    public static CelType AuthorizerType { get; } = CelType.Opaque("kubernetes.authorization.Authorizer");

    /// <summary>Type of the variable <c>authorizer.requestResource</c>.</summary>
    public static CelType ResourceCheckType { get; } = CelType.Opaque("kubernetes.authorization.ResourceCheck");

    /// <summary>The service account that is asked about; null for the request's user.</summary>
    public (string Namespace, string Name)? ServiceAccount { get; init; }

    /// <summary>Path outside of the resources; null where a resource is asked about.</summary>
    public string? Path { get; init; }

    /// <summary>API group of the resource.</summary>
    public string Group { get; init; } = "";

    /// <summary>Resource in the plural.</summary>
    public string Resource { get; init; } = "";

    /// <summary>Subresource, or empty.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>Namespace, or empty.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Name of the object, or empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>Field selector of a list or watch, or empty.</summary>
    public string FieldSelector { get; init; } = "";

    /// <summary>Label selector of a list or watch, or empty.</summary>
    public string LabelSelector { get; init; } = "";

    /// <summary>What is to be done.</summary>
    public string Verb { get; init; } = "";

    /// <summary>The value of the variable <c>authorizer</c>.</summary>
    public static CelValue Variable(ICelAuthorizer authorizer) => new CelOpaque(AuthorizerType, new CelAuthorization(authorizer));

    /// <summary>The value of the variable <c>authorizer.requestResource</c>: this question, which a verb completes.</summary>
    public CelValue AsResourceCheck() => new CelOpaque(ResourceCheckType, this);
}
