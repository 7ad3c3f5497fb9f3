using Google.Protobuf;
using Platform.Grpc;
using Platform.Storage.Etcd.Wire;

namespace Platform.Storage.Etcd;

/// <summary>Descriptors of the methods that the engine calls.</summary>
internal static class EtcdMethods
{
    public static readonly Method<RangeRequest, RangeResponse> Range = Unary("KV", "Range", RangeRequest.Parser, RangeResponse.Parser);

    public static readonly Method<TxnRequest, TxnResponse> Txn = Unary("KV", "Txn", TxnRequest.Parser, TxnResponse.Parser);

    public static readonly Method<CompactionRequest, CompactionResponse> Compact =
        Unary("KV", "Compact", CompactionRequest.Parser, CompactionResponse.Parser);

    public static readonly Method<LeaseGrantRequest, LeaseGrantResponse> LeaseGrant =
        Unary("Lease", "LeaseGrant", LeaseGrantRequest.Parser, LeaseGrantResponse.Parser);

    public static readonly Method<LeaseRevokeRequest, LeaseRevokeResponse> LeaseRevoke =
        Unary("Lease", "LeaseRevoke", LeaseRevokeRequest.Parser, LeaseRevokeResponse.Parser);

    public static readonly Method<StatusRequest, StatusResponse> Status =
        Unary("Maintenance", "Status", StatusRequest.Parser, StatusResponse.Parser);

    public static readonly Method<LeaseKeepAliveRequest, LeaseKeepAliveResponse> LeaseKeepAlive =
        new(MethodType.Duplex, "etcdserverpb.Lease", "LeaseKeepAlive", LeaseKeepAliveRequest.Parser, LeaseKeepAliveResponse.Parser);

    public static readonly Method<WatchRequest, WatchResponse> Watch =
        new(MethodType.Duplex, "etcdserverpb.Watch", "Watch", WatchRequest.Parser, WatchResponse.Parser);

    private static Method<TRequest, TResponse> Unary<TRequest, TResponse>(
        string service, string name, MessageParser<TRequest> request, MessageParser<TResponse> response)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => new(MethodType.Unary, "etcdserverpb." + service, name, request, response);
}
