using Platform.Api.Errors;
using Platform.Api.ManagedFields;
using Platform.Api.Meta.V1;

namespace Platform.ApiServer.Patching;

/// <summary>
/// How patches fail. A patch that is not well-formed is a bad request; one that is, but does not fit the object, cannot be processed; both
/// answers are upstream's. What exactly was wrong goes into the causes, where upstream leaves it out.
/// </summary>
internal static class PatchFailure
{
    /// <summary>400.</summary>
    public static ApiException Malformed(string message) => ApiErrors.BadRequest(message);

    /// <summary>422.</summary>
    public static ApiException DoesNotFit(string message) => new(new Status
    {
        ApiVersion = "v1",
        Kind = "Status",
        Metadata = new(),
        StatusValue = "Failure",
        Message = "the server rejected our request due to an error in our request",
        Reason = StatusReason.Invalid,
        Details = new() { Causes = [new() { Field = "patch", Message = message }] },
        Code = 422,
    });

    /// <summary>422 of a patch whose outcome is no object of its kind.</summary>
    /// <param name="shown">The patched document, or the patch.</param>
    /// <param name="detail">What is wrong with it.</param>
    public static ApiException NoSuchObject(string shown, string detail) => ApiErrors.Invalid("", "", "", [FieldError.Invalid("patch", shown, detail)]);

    /// <summary>413.</summary>
    public static ApiException TooMany(int limit, int count) => new(new Status
    {
        ApiVersion = "v1",
        Kind = "Status",
        Metadata = new(),
        StatusValue = "Failure",
        Message = $"The allowed maximum operations in a JSON patch is {limit}, got {count}",
        Reason = StatusReason.RequestEntityTooLarge,
        Code = 413,
    });

    /// <summary>409 of an apply, with a cause for each conflicting field.</summary>
    public static ApiException Conflicts(IReadOnlyList<ApplyConflict> conflicts) => new(new Status
    {
        ApiVersion = "v1",
        Kind = "Status",
        Metadata = new(),
        StatusValue = "Failure",
        Message = ApplyConflict.Describe(conflicts),
        Reason = StatusReason.Conflict,
        Details = new() { Causes = [.. conflicts.Select(c => new StatusCause { Reason = "FieldManagerConflict", Message = $"conflict with {c.Owner}", Field = c.Field })] },
        Code = 409,
    });

    /// <summary>
    /// 500 without a reason: failures that upstream returns as they are. An applied document that does not fit the schema, a strategic merge patch that contradicts itself or
    /// the object's lists.
    /// </summary>
    public static ApiException AsItIs(string message) => new(new Status
    {
        ApiVersion = "v1",
        Kind = "Status",
        Metadata = new(),
        StatusValue = "Failure",
        Message = message,
        Code = 500,
    });
}
