using Microsoft.Extensions.DependencyInjection;
using Platform.Client.Events;

namespace Platform.Client.Reconciling;

/// <summary>
/// The host's services as a reconciler sees them: where its constructor asks for an <see cref="IApiClient"/>, <see cref="IInformerFactory"/>
/// or <see cref="IEventRecorder"/> it gets its component's, without naming the key.
/// </summary>
internal sealed class ComponentServices(IServiceProvider services, string component, Func<string> reconcilerName) : IKeyedServiceProvider
{
    public object? GetService(Type serviceType)
    {
        if (serviceType == typeof(IApiClient) || serviceType == typeof(IInformerFactory))
            return services.GetRequiredKeyedService(serviceType, component);
        if (serviceType != typeof(IEventRecorder))
            return services.GetService(serviceType);
        var sink = services.GetRequiredKeyedService<EventSink>(component);
        return new EventRecorder(sink, reconcilerName, null, services.GetRequiredService<TimeProvider>());
    }

    public object? GetKeyedService(Type serviceType, object? serviceKey) => ((IKeyedServiceProvider)services).GetKeyedService(serviceType, serviceKey);

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) => services.GetRequiredKeyedService(serviceType, serviceKey);
}
