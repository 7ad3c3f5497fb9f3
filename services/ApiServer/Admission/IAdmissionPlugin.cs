namespace Platform.ApiServer.Admission;

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
