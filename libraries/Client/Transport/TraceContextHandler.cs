using System.Diagnostics;

namespace Platform.Client.Transport;

/// <summary>Carries the current trace context on requests that stay in the process; the sockets handler does it for the others.</summary>
internal sealed class TraceContextHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Activity.Current is { } activity)
        {
            DistributedContextPropagator.Current.Inject(activity, request, static (carrier, name, value) =>
            {
                var headers = ((HttpRequestMessage)carrier!).Headers;
                if (!headers.Contains(name))
                    headers.TryAddWithoutValidation(name, value);
            });
        }
        return base.SendAsync(request, cancellationToken);
    }
}
