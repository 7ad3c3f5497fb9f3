using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.ApiServer.History;
using Platform.ApiServer.CustomResources;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry.Allocation;
using Platform.ApiServer.Registry.Presentation;
using Platform.ApiServer.Registry.Subresources;
using Platform.ApiServer.Registry.Verbs;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry;

/// <summary>Registers the registry and the watch caches. Needs the store, the cluster's settings, a clock and a random source.</summary>
internal static class RegistryServices
{
    public static IServiceCollection AddRegistry(this IServiceCollection services)
    {
        // Each part that needs chance has a source of its own: Random is not safe for several threads.
        services.TryAddTransient(_ => new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
        services.AddSingleton<ResourceRegistry>();
        services.AddSingleton<WatchCaches>();
        services.AddHostedService(p => p.GetRequiredService<WatchCaches>());
        services.AddSingleton<NameGenerator>();
        services.AddSingleton<AllocationTable>();
        services.AddSingleton<ServiceAllocation>();
        services.AddSingleton<ObjectWrites>();
        services.AddSingleton<ObjectDeletion>();
        services.AddSingleton<Patching.ApplyPatch>();
        services.AddSingleton<StoredPages>();
        services.AddSingleton<Presenter>();
        services.AddSingleton<IObjectReader, ObjectReader>();
        services.AddSingleton<IObjectWriter, ObjectWriter>();
        AddVerb<GetVerb>(services);
        AddVerb<ListVerb>(services);
        AddVerb<WatchVerb>(services);
        AddVerb<CreateVerb>(services);
        AddVerb<UpdateVerb>(services);
        AddVerb<PatchVerb>(services);
        AddVerb<DeleteVerb>(services);
        AddVerb<DeleteCollectionVerb>(services);
        services.AddSingleton<ISubresource, StatusSubresource>();
        services.AddSingleton<ISubresource, ScaleSubresource>();
        services.AddSingleton<BindingSubresource>();
        services.AddSingleton<ISubresource>(p => p.GetRequiredService<BindingSubresource>());
        services.AddSingleton<DisruptionBudgets>();
        services.AddSingleton<ISubresource, EvictionSubresource>();
        services.AddSingleton<ISubresource, EphemeralContainersSubresource>();
        services.AddSingleton<ISubresource, FinalizeSubresource>();
        services.AddSingleton<ISubresource, ApprovalSubresource>();
        services.AddSingleton<ObjectHistory>();
        // Before the registry, which knows only the subresources that a kind declares.
        services.AddSingleton<IRequestHandler, UndoHandler>();
        services.AddSingleton<IRequestHandler, RegistryHandler>();
        services.AddSingleton<IRequestHandler, LegacyBindingHandler>();
        services.AddSingleton<IRequestHandler, ComponentStatusHandler>();
        services.AddSingleton<ConversionWebhook>();
        services.AddSingleton<CustomDefinitions>();
        services.AddSingleton<InstanceDeletion>();
        services.AddHostedService<CustomResourceDefinitions>();
        return services;
    }

    // Verbs are also used by name: a subresource or a collection builds on the verb of the object.
    private static void AddVerb<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(IServiceCollection services)
        where T : class, IVerb
    {
        services.AddSingleton<T>();
        services.AddSingleton<IVerb>(p => p.GetRequiredService<T>());
    }
}
