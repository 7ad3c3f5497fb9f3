namespace Platform.Grpc;

/// <summary>Outcome of a call; the numbers are gRPC's.</summary>
public enum StatusCode
{
    /// <summary>Success.</summary>
    OK = 0,

    /// <summary>The caller gave up.</summary>
    Cancelled = 1,

    /// <summary>The server gave no usable reason.</summary>
    Unknown = 2,

    /// <summary>The request is wrong whatever the server's state.</summary>
    InvalidArgument = 3,

    /// <summary>The time for the call ran out; it may still have had its effect.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for does not exist.</summary>
    NotFound = 5,

    /// <summary>What was to be made exists.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota, a size limit or memory ran out.</summary>
    ResourceExhausted = 8,

    /// <summary>The server is in a state in which it refuses this.</summary>
    FailedPrecondition = 9,

    /// <summary>A conflict with another call.</summary>
    Aborted = 10,

    /// <summary>Beyond the valid range.</summary>
    OutOfRange = 11,

    /// <summary>The server does not have this method.</summary>
    Unimplemented = 12,

    /// <summary>The peers do not understand each other.</summary>
    Internal = 13,

    /// <summary>The server cannot be reached just now.</summary>
    Unavailable = 14,

    /// <summary>Data was lost beyond repair.</summary>
    DataLoss = 15,

    /// <summary>The caller is not known.</summary>
    Unauthenticated = 16,
}
