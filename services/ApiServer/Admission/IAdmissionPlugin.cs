using Platform.Api;
using Platform.Api.Authentication.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission;

/// <summary>What is about to be written, before it is defaulted for the last time and validated.</summary>
/// <param name="Info">The request.</param>
/// <param name="User">Who asks.</param>
/// <param name="Operation">CREATE, UPDATE, DELETE or CONNECT.</param>
/// <param name="Resource">Resource that is written to.</param>
/// <param name="Object">Object as it would be written; null for DELETE and CONNECT. Plugins may change it in <see cref="IAdmissionPlugin.AdmitAsync"/>.</param>
/// <param name="OldObject">Object as it is; null for CREATE.</param>
internal sealed record AdmissionRequest(RequestInfo Info, UserInfo User, string Operation, ResourceDefinition Resource, KubernetesObject? Object, KubernetesObject? OldObject);

/// <summary>Changes or refuses writes. A refusal is an <see cref="Platform.Api.Errors.ApiException"/>.</summary>
internal interface IAdmissionPlugin
{
    /// <summary>Upstream's name of the plugin, such as <c>NamespaceLifecycle</c>.</summary>
    string Name { get; }

    /// <summary>Changes the object, or refuses.</summary>
    ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Refuses, after all plugins have changed what they wanted and the registry has validated.</summary>
    ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
