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
        var shown = request.Object;
        await ChangeAsync(request, context.Aborted);
        if (request.Reinvocation.IsWanted)
        {
            request.Reinvocation.IsSecondTime = true;
            await ChangeAsync(request, context.Aborted);
        }

        if (context.View is not { } view || value is null)
            return request.Object;
        if (!ReferenceEquals(shown, request.Object))
            view.Take(value, request.Object!);
        return value;
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

    /// <summary>Asks all plugins about an object that is posted to a subresource and not stored, such as a <c>Binding</c>. Returns it as they would have it.</summary>
    public async ValueTask<T> PostAsync<T>(WriteContext context, ResourceDefinition definition, T value)
        where T : KubernetesObject
    {
        var shown = context with { View = new(TypedCodec.Of(typeof(T)), v => v, (_, _) => { }) };
        var request = Request(shown, definition, "CREATE", value, null);
        await ChangeAsync(request, context.Aborted);
        foreach (var plugin in _plugins)
            await plugin.ValidateAsync(request, context.Aborted);
        return (T)request.Object!;
    }

    /// <summary>Asks all plugins about a connection to an object, such as an exec.</summary>
    public async ValueTask ConnectAsync(HttpContext http, ApiRequest asked, ResourceDefinition definition, JsonObject options)
    {
        var request = new AdmissionRequest(asked.Info, asked.User, "CONNECT", definition, null, null) { ConnectOptions = options, Warnings = new RequestWarnings(http) };
        await ChangeAsync(request, http.RequestAborted);
        foreach (var plugin in _plugins)
            await plugin.ValidateAsync(request, http.RequestAborted);
    }

    private async ValueTask ChangeAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        foreach (var plugin in _plugins)
            await plugin.AdmitAsync(request, cancellationToken);
    }

    private static AdmissionRequest Request(
        WriteContext context, ResourceDefinition definition, string operation, KubernetesObject? value, KubernetesObject? old) =>
        new(context.Info, context.User, operation, definition, Shown(context, value), Shown(context, old))
        {
            View = context.View,
            DryRun = context.DryRun,
            Warnings = context.Warnings,
            Options = () => OperationOptions.Of(context, operation),
        };

    private static KubernetesObject? Shown(WriteContext context, KubernetesObject? value) => value is null || context.View is null ? value : context.View.Show(value);
}
