using System.Diagnostics;
using System.Net.Http.Headers;

namespace Platform.Grpc;

/// <summary>One span per call, named and tagged as OpenTelemetry's conventions for RPC say.</summary>
internal static class GrpcTelemetry
{
    public static readonly ActivitySource Source = new("Platform.Grpc");

    /// <summary>Starts a span without making it the current one: a stream outlives the method that opened it.</summary>
    public static Activity? StartClientSpan(string service, string method, string address)
    {
        var surrounding = Activity.Current;
        var activity = Source.StartActivity($"{service}/{method}", ActivityKind.Client);
        Activity.Current = surrounding;
        activity?.SetTag("rpc.system", "grpc").SetTag("rpc.service", service).SetTag("rpc.method", method).SetTag("server.address", address);
        return activity;
    }

    /// <summary>Sends the span's context along; without a listener, that of the surrounding span.</summary>
    public static void Inject(Activity? activity, HttpRequestHeaders headers) =>
        DistributedContextPropagator.Current.Inject(activity ?? Activity.Current, headers, static (carrier, name, value) =>
            ((HttpRequestHeaders)carrier!).TryAddWithoutValidation(name, value));

    /// <summary>Ends the span with its status; the first end counts.</summary>
    public static void End(Activity? activity, StatusCode status, string? detail)
    {
        if (activity is null || activity.IsStopped)
            return;
        activity.SetTag("rpc.grpc.status_code", (int)status);
        if (status is not (StatusCode.OK or StatusCode.Cancelled))
            activity.SetStatus(ActivityStatusCode.Error, detail);
        var surrounding = Activity.Current;
        activity.Stop();
        if (!ReferenceEquals(surrounding, activity))
            Activity.Current = surrounding;
    }
}
