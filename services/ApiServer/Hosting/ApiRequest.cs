using Platform.Api.Authentication.V1;
using Platform.ApiServer.FlowControl;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Hosting;

/// <summary>What the pipeline has found out about a request: kept as a feature of the HttpContext and handed to the handlers.</summary>
internal sealed class ApiRequest(RequestInfo info)
{
    private PriorityLevel? _level;
    private int _seats;

    public RequestInfo Info { get; } = info;

    /// <summary>The authenticated user, or the one it impersonates, with all groups. Set before any handler runs.</summary>
    public UserInfo User { get; set; } = Anonymous;

    /// <summary>W3C trace context to store beside what this request commits; null where it is not traced.</summary>
    public string? TraceParent { get; set; }

    /// <summary>Name of the object that a create has made; the path of such a request has none.</summary>
    public string? CreatedName { get; set; }

    /// <summary>How priority and fairness classified the request; null where it did not get so far.</summary>
    public ActiveFlowSchema? FlowSchema { get; set; }

    /// <summary>Whether it is counted among the watches and streams.</summary>
    public bool IsLongRunning { get; set; }

    /// <summary>How to end it when the server stops, for what can end in good order and does not wait for its client; else its connection is cut.</summary>
    public Action? EndInOrder { get; set; }

    /// <summary>Notes seats that the request has got.</summary>
    public void Hold(PriorityLevel level, int seats)
    {
        _seats = seats;
        _level = level;
    }

    /// <summary>Gives back the request's seats, where it has any: at its end, or when a watch has sent what it begins with.</summary>
    public void ReleaseSeats() => Interlocked.Exchange(ref _level, null)?.Release(_seats);

    public static readonly UserInfo Anonymous = new() { Username = "system:anonymous", Groups = ["system:unauthenticated"] };

    /// <summary>The request of a context that has come through the pipeline.</summary>
    public static ApiRequest Of(HttpContext context) =>
        context.Features.Get<ApiRequest>() ?? throw new InvalidOperationException("the request has not come through the pipeline");
}
