using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Core.V1;
using Platform.ApiServer.Registry;
using Platform.Storage;

namespace Platform.ApiServer.Tests.Proxying;

/// <summary>
/// Endpoints that lead to a server of the test, which listens on the machine's own address. The API refuses such endpoints, so they are put into the store.
/// </summary>
internal static class OwnEndpoints
{
    public static async Task StoreAsync(TestApiServer server, string ns, string name, int port)
    {
        var definition = server.Services.GetRequiredService<ResourceRegistry>().Of<Endpoints>();
        var bytes = ObjectWrites.Encode(definition, new Endpoints
        {
            ApiVersion = "v1",
            Kind = "Endpoints",
            Metadata = new() { Namespace = ns, Name = name },
            Subsets = [new() { Addresses = [new() { Ip = "127.0.0.1" }], Ports = [new() { Port = port, Protocol = "TCP" }] }],
        });
        var result = await server.Services.GetRequiredService<IRevisionedStore>().CreateAsync(definition.Key(ns, name), bytes, default);
        result.Error.ShouldBe(StorageError.None);
        await server.SettledAsync();
    }
}
