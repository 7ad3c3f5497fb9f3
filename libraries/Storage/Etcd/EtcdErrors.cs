using Platform.Grpc;

namespace Platform.Storage.Etcd;

/// <summary>
/// What etcd's failures mean for the contract. etcd tells revisions that are compacted from ones not reached only by text. Whatever is
/// not the caller's doing is Unavailable with etcd's words: no leader, a full database, a request that is too large.
/// </summary>
internal static class EtcdErrors
{
    public static StorageException From(RpcException failure) => failure.StatusCode switch
    {
        StatusCode.OutOfRange when failure.Detail.Contains("compacted", StringComparison.Ordinal) => Make(StorageError.Compacted, failure),
        StatusCode.OutOfRange when failure.Detail.Contains("future", StringComparison.Ordinal) => Make(StorageError.FutureRevision, failure),
        StatusCode.NotFound when failure.Detail.Contains("lease", StringComparison.Ordinal) => Make(StorageError.NotFound, failure),
        _ => Make(StorageError.Unavailable, failure),
    };

    /// <summary>The member did not get the request, so that asking another one cannot do anything twice.</summary>
    public static bool WasNotSent(RpcException failure) =>
        failure is { StatusCode: StatusCode.Unavailable, InnerException: HttpRequestException { HttpRequestError: var error } }
        && error is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;

    /// <summary>Another member may do better.</summary>
    public static bool IsOfMember(RpcException failure) => failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded;

    private static StorageException Make(StorageError error, RpcException failure) => new(error, $"etcd: {failure.Detail}", failure);
}
