using System.Globalization;
using Platform.Api.Meta.V1;

namespace Platform.Api.Errors;

/// <summary>The failures that the API knows, each with upstream's code, reason and wording.</summary>
public static class ApiErrors
{
    private const string Modified = "the object has been modified; please apply your changes to the latest version and try again";

    /// <summary>404 for an object.</summary>
    public static ApiException NotFound(string group, string resource, string name) =>
        Make(404, StatusReason.NotFound, $"{Qualified(group, resource)} \"{name}\" not found", new() { Name = name, Group = NullIfEmpty(group), Kind = resource });

    /// <summary>404 for a path that names no resource.</summary>
    public static ApiException PathNotFound() =>
        Make(404, StatusReason.NotFound, "the server could not find the requested resource", new());

    /// <summary>409 where an object of that name exists.</summary>
    public static ApiException AlreadyExists(string group, string resource, string name) =>
        Make(409, StatusReason.AlreadyExists, $"{Qualified(group, resource)} \"{name}\" already exists", new() { Name = name, Group = NullIfEmpty(group), Kind = resource });

    /// <summary>409 where the object has changed since it was read, or a precondition does not hold.</summary>
    public static ApiException Conflict(string group, string resource, string name, string? detail = null) =>
        Make(409, StatusReason.Conflict,
            $"Operation cannot be fulfilled on {Qualified(group, resource)} \"{name}\": {detail ?? Modified}", new() { Name = name, Group = NullIfEmpty(group), Kind = resource });

    /// <summary>409 of an apply that conflicts in so many fields that a list of them would be of no use, and too large.</summary>
    public static ApiException TooManyConflicts() => Make(409, StatusReason.Conflict, "Apply failed with more conflicts than can be listed", null);

    /// <summary>400.</summary>
    public static ApiException BadRequest(string message) => Make(400, StatusReason.BadRequest, message, null);

    /// <summary>401.</summary>
    public static ApiException Unauthorized(string message = "Unauthorized") => Make(401, StatusReason.Unauthorized, message, null);

    /// <summary>403 with the reason behind the resource.</summary>
    public static ApiException Forbidden(string group, string resource, string name, string detail) =>
        Make(403, StatusReason.Forbidden,
            $"{Qualified(group, resource)}{(name.Length == 0 ? "" : $" \"{name}\"")} is forbidden: {detail}",
            new() { Name = NullIfEmpty(name), Group = NullIfEmpty(group), Kind = resource });

    /// <summary>405 for a path that there is, but not for this method. Upstream's router knows nothing of resources, and sends no <c>Allow</c> either.</summary>
    public static ApiException MethodNotAllowed() =>
        Make(405, StatusReason.MethodNotAllowed, "the server does not allow this method on the requested resource", new());

    /// <summary>405 for a verb of a custom resource, whose requests upstream tells apart by the verb and not by a route.</summary>
    public static ApiException MethodNotSupported(string group, string resource, string verb, string? message = null) =>
        Make(405, StatusReason.MethodNotAllowed,
            message ?? $"{verb} is not supported on resources of kind \"{Qualified(group, resource)}\"", new() { Group = NullIfEmpty(group), Kind = resource });

    /// <summary>406.</summary>
    public static ApiException NotAcceptable(IEnumerable<string> accepted) =>
        Make(406, StatusReason.NotAcceptable, "only the following media types are accepted: " + string.Join(", ", accepted), null);

    /// <summary>410: the version is older than what is held.</summary>
    public static ApiException Expired(string message) => Make(410, StatusReason.Expired, message, null);

    /// <summary>413.</summary>
    public static ApiException TooLarge(long limit) =>
        Make(413, StatusReason.RequestEntityTooLarge, string.Create(CultureInfo.InvariantCulture, $"Request entity too large: limit is {limit}"), null);

    /// <summary>415.</summary>
    public static ApiException UnsupportedMediaType(IEnumerable<string> supported) =>
        Make(415, StatusReason.UnsupportedMediaType, "the body of the request was in an unknown format - accepted media types include: " + string.Join(", ", supported), null);

    /// <summary>422 with one cause per finding.</summary>
    public static ApiException Invalid(string group, string kind, string name, IReadOnlyList<FieldError> errors)
    {
        var findings = errors.Count == 1 ? errors[0].ToString() : $"[{string.Join(", ", errors)}]";
        return Make(422, StatusReason.Invalid, $"{(group.Length == 0 ? kind : kind + "." + group)} \"{name}\" is invalid: {findings}", new()
        {
            Name = name,
            Group = NullIfEmpty(group),
            Kind = kind,
            Causes = [.. errors.Select(e => new StatusCause { Reason = e.Type.ToString(), Message = e.Message, Field = e.Field })],
        });
    }

    /// <summary>429 with the time after which to try again.</summary>
    public static ApiException TooManyRequests(string message, TimeSpan retryAfter) =>
        Make(429, StatusReason.TooManyRequests, message, new() { RetryAfterSeconds = (int)Math.Ceiling(retryAfter.TotalSeconds) }, retryAfter);

    /// <summary>500. The message must not carry a stack trace or a secret.</summary>
    public static ApiException Internal(string message) => Make(500, StatusReason.InternalError, "Internal error occurred: " + message, null);

    /// <summary>500 without a reason: what upstream answers where an error of another server, or of a library, was passed on as it was.</summary>
    public static ApiException Unclassified(string message) => Make(500, null, message, null);

    /// <summary>503.</summary>
    public static ApiException Unavailable(string message, TimeSpan? retryAfter = null) => Make(503, StatusReason.ServiceUnavailable, message, null, retryAfter);

    /// <summary>504: the requested version has not been reached in time.</summary>
    public static ApiException Timeout(string message, TimeSpan retryAfter) =>
        Make(504, StatusReason.Timeout, "Timeout: " + message, new() { RetryAfterSeconds = (int)Math.Ceiling(retryAfter.TotalSeconds) }, retryAfter);

    private static ApiException Make(int code, string? reason, string message, StatusDetails? details, TimeSpan? retryAfter = null) =>
        new(new() { ApiVersion = "v1", Kind = "Status", Metadata = new(), StatusValue = "Failure", Message = message, Reason = reason,
            Details = details, Code = code }, retryAfter);

    private static string Qualified(string group, string resource) => group.Length == 0 ? resource : $"{resource}.{group}";

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
