using System.Text.Json.Nodes;
using Platform.Api;
using Platform.Api.Meta.V1;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission;

/// <summary>
/// All admission plugins in order: first those that change (<see cref="AdmitAsync"/>), then, once the registry has validated, those that only
/// refuse (<see cref="ValidateAsync"/>).
/// </summary>
internal sealed class AdmissionChain(IEnumerable<IAdmissionPlugin> plugins)
{
    private readonly IAdmissionPlugin[] _plugins = [.. plugins];

    /// <summary>Lets the plugins change the object, and returns it, or the one that has taken its place.</summary>
    public async ValueTask<KubernetesObject?> AdmitAsync(
        WriteContext context, ResourceDefinition definition, string operation, KubernetesObject? value, KubernetesObject? old)
    {
        if (!context.Admits)
            return value;
        var request = Request(context, definition, operation, value, old);
        foreach (var plugin in _plugins)
            await plugin.AdmitAsync(request, context.Aborted);
        if (!request.Reinvocation.IsWanted)
            return request.Object;
        request.Reinvocation.IsSecondTime = true;
        foreach (var plugin in _plugins)
            await plugin.AdmitAsync(request, context.Aborted);
        return request.Object;
    }

    public async ValueTask ValidateAsync(
        WriteContext context, ResourceDefinition definition, string operation, KubernetesObject? value, KubernetesObject? old)
    {
        if (!context.Admits)
            return;
        var request = Request(context, definition, operation, value, old);
        foreach (var plugin in _plugins)
            await plugin.ValidateAsync(request, context.Aborted);
    }

    /// <summary>Asks all plugins about a connection to an object, such as an exec.</summary>
    public async ValueTask ConnectAsync(HttpContext http, ApiRequest asked, ResourceDefinition definition, JsonObject options)
    {
        var warnings = new List<string>();
        var request = new AdmissionRequest(asked.Info, asked.User, "CONNECT", definition, null, null) { ConnectOptions = options, Warnings = warnings };
        foreach (var plugin in _plugins)
            await plugin.AdmitAsync(request, http.RequestAborted);
        foreach (var plugin in _plugins)
            await plugin.ValidateAsync(request, http.RequestAborted);
        ObjectResponse.Warn(http, warnings);
    }

    private static AdmissionRequest Request(
        WriteContext context, ResourceDefinition definition, string operation, KubernetesObject? value, KubernetesObject? old) =>
        new(context.Info, context.User, operation, definition, value, old)
        {
            DryRun = context.DryRun,
            Warnings = context.Warnings,
            Options = () => OperationOptions.Of(context, operation),
        };
}
