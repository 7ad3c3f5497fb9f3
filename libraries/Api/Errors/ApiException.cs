using Platform.Api.Meta.V1;

namespace Platform.Api.Errors;

/// <summary>A request that failed with a <see cref="Meta.V1.Status" />: thrown by the server's handlers, and by clients that receive one.</summary>
public sealed class ApiException(Status status, TimeSpan? retryAfter = null) : Exception(status.Message)
{
    /// <summary>What is sent to the client.</summary>
    public Status Status { get; } = status;

    /// <summary>HTTP status code.</summary>
    public int Code => Status.Code ?? 500;

    /// <summary>Machine-readable reason, such as <c>NotFound</c>.</summary>
    public string Reason => Status.Reason ?? "";

    /// <summary>How long the client should wait before it tries again; null where trying again does not help.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>The object or resource does not exist.</summary>
    public bool IsNotFound => Code == 404;

    /// <summary>An object of that name exists.</summary>
    public bool IsAlreadyExists => Reason == StatusReason.AlreadyExists;

    /// <summary>The object has changed since it was read.</summary>
    public bool IsConflict => Reason == StatusReason.Conflict;

    /// <summary>The requested resource version is no longer held.</summary>
    public bool IsGone => Code == 410;
}
