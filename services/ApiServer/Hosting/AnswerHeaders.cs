using Microsoft.Extensions.Primitives;

namespace Platform.ApiServer.Hosting;

/// <summary>
/// What every answer says: that nobody may keep it unless its handler says otherwise, and by which id the request can be talked about. A client, or an API
/// server in front of this one, may bring an id of its own.
/// </summary>
internal static class AnswerHeaders
{
    private const string AuditId = "Audit-Id";

    /// <summary>Characters of an id that a client brings; upstream takes no longer one either.</summary>
    private const int LongestId = 64;

    public static void Set(HttpContext context)
    {
        var given = context.Request.Headers[AuditId];
        Set(context.Response, given is [{ Length: > 0 and <= LongestId } id] ? id : Guid.NewGuid().ToString());
    }

    /// <summary>Takes back whatever else has been prepared of an answer, since it will be another one.</summary>
    public static void Restart(HttpResponse response)
    {
        var id = response.Headers[AuditId];
        response.Clear();
        Set(response, id);
    }

    private static void Set(HttpResponse response, StringValues id)
    {
        response.Headers.CacheControl = "no-cache, private";
        response.Headers[AuditId] = id;
    }
}
