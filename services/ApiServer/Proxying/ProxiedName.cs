using Platform.Api.Errors;

namespace Platform.ApiServer.Proxying;

/// <summary>What the name of a proxied object may say besides the name: <c>name</c>, <c>name:port</c> or <c>scheme:name:port</c>.</summary>
internal readonly record struct ProxiedName(string Scheme, string Name, string Port)
{
    /// <exception cref="ApiException">400 where it has another form.</exception>
    public static ProxiedName Parse(string text, string resource) => text.Split(':') switch
    {
        [{ Length: > 0 } name] => new("", name, ""),
        [{ Length: > 0 } name, { Length: > 0 } port] => new("", name, port),
        [var scheme, { Length: > 0 } name, var port] when scheme is "http" or "https" or "" => new(scheme, name, port),
        _ => throw ApiErrors.BadRequest($"invalid {resource} request \"{text}\""),
    };
}
