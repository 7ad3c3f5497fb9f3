namespace Platform.ApiServer.Hosting;

/// <summary>
/// A part of the API that answers requests. Handlers are asked in the order of their registration; all but the first few requests are
/// for stored resources, so the registry's comes first. Failures are thrown as <see cref="Platform.Api.Errors.ApiException"/>.
/// </summary>
internal interface IRequestHandler
{
    /// <summary>The running answer; null where the request is not this handler's.</summary>
    Task? TryHandle(HttpContext context, ApiRequest request);
}
