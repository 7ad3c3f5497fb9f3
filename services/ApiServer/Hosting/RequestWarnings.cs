using System.Collections.ObjectModel;

namespace Platform.ApiServer.Hosting;

/// <summary>
/// Texts for people, which clients such as kubectl print. They become <c>Warning</c> headers when the answer begins, whatever it is: a request that is
/// refused in the end carries them, too. https://kubernetes.io/blog/2020/09/03/warnings/
/// </summary>
/// <param name="http">Whose answer; null for the server's own work, of which nobody is told.</param>
internal sealed class RequestWarnings(HttpContext? http) : Collection<string>
{
    private bool _announced;

    public void AddRange(IEnumerable<string> texts)
    {
        foreach (var text in texts)
            Add(text);
    }

    protected override void InsertItem(int index, string item)
    {
        base.InsertItem(index, item);
        if (_announced || http is null || http.Response.HasStarted)
            return;
        _announced = true;
        http.Response.OnStarting(static warnings => ((RequestWarnings)warnings).WriteAsync(), this);
    }

    private Task WriteAsync()
    {
        foreach (var text in this.Distinct())
            http!.Response.Headers.Append("Warning", $"299 - \"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"",
                "\\\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"");
        return Task.CompletedTask;
    }
}
