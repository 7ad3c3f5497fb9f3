namespace Platform.Api.Errors;

/// <summary>Machine-readable reasons of a failed request, as metav1.StatusReason names them.</summary>
public static class StatusReason
{
    /// <summary>400: the request makes no sense.</summary>
    public const string BadRequest = "BadRequest";

    /// <summary>401: no or wrong credentials.</summary>
    public const string Unauthorized = "Unauthorized";

    /// <summary>403: the user may not do this.</summary>
    public const string Forbidden = "Forbidden";

    /// <summary>404.</summary>
    public const string NotFound = "NotFound";

    /// <summary>405.</summary>
    public const string MethodNotAllowed = "MethodNotAllowed";

    /// <summary>406: no representation that the client accepts.</summary>
    public const string NotAcceptable = "NotAcceptable";

    /// <summary>409: an object of that name exists.</summary>
    public const string AlreadyExists = "AlreadyExists";

    /// <summary>409: the object has changed in between.</summary>
    public const string Conflict = "Conflict";

    /// <summary>410: the resource version has expired.</summary>
    public const string Expired = "Expired";

    /// <summary>413.</summary>
    public const string RequestEntityTooLarge = "RequestEntityTooLarge";

    /// <summary>415.</summary>
    public const string UnsupportedMediaType = "UnsupportedMediaType";

    /// <summary>422: the object is not valid; the causes name the fields.</summary>
    public const string Invalid = "Invalid";

    /// <summary>429.</summary>
    public const string TooManyRequests = "TooManyRequests";

    /// <summary>500.</summary>
    public const string InternalError = "InternalError";

    /// <summary>503.</summary>
    public const string ServiceUnavailable = "ServiceUnavailable";

    /// <summary>504.</summary>
    public const string Timeout = "Timeout";
}
