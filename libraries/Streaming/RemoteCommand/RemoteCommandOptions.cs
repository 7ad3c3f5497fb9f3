using Microsoft.AspNetCore.Http;

namespace Platform.Streaming.RemoteCommand;

/// <summary>Which streams a client asked for.</summary>
public sealed record RemoteCommandOptions(bool Stdin, bool Stdout, bool Stderr, bool Tty)
{
    /// <summary>
    /// From a request's query: the API server's names (<c>stdin</c>, <c>stdout</c>, <c>stderr</c>, <c>tty</c>) or the kubelet's
    /// (<c>input</c>, <c>output</c>, <c>error</c>). With a terminal there is no stderr. Null where no stream was asked for.
    /// </summary>
    public static RemoteCommandOptions? FromQuery(IQueryCollection query)
    {
        bool Is(string name) => query[name].ToString() is "1" or "true";
        var tty = Is("tty");
        var options = new RemoteCommandOptions(
            Is("stdin") || Is("input"), Is("stdout") || Is("output"), (Is("stderr") || Is("error")) && !tty, tty);
        return options is { Stdin: false, Stdout: false, Stderr: false } ? null : options;
    }
}
