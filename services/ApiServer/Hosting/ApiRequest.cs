using Platform.Api.Authentication.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Hosting;

/// <summary>What the pipeline has found out about a request: kept as a feature of the HttpContext and handed to the handlers.</summary>
internal sealed class ApiRequest(RequestInfo info)
{
    public RequestInfo Info { get; } = info;

    /// <summary>The authenticated user, or the one it impersonates, with all groups. Set before any handler runs.</summary>
    public UserInfo User { get; set; } = Anonymous;

    /// <summary>W3C trace context to store beside what this request commits; null where it is not traced.</summary>
    public string? TraceParent { get; set; }

    /// <summary>Name of the object that a create has made; the path of such a request has none.</summary>
    public string? CreatedName { get; set; }

    public static readonly UserInfo Anonymous = new() { Username = "system:anonymous", Groups = ["system:unauthenticated"] };

    /// <summary>The request of a context that has come through the pipeline.</summary>
    public static ApiRequest Of(HttpContext context) =>
        context.Features.Get<ApiRequest>() ?? throw new InvalidOperationException("the request has not come through the pipeline");
}
