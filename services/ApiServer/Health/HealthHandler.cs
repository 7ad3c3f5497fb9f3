using System.Text;
using Platform.ApiServer.Bootstrap;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry;
using Platform.Storage;

namespace Platform.ApiServer.Health;

/// <summary>
/// <c>/healthz</c>, <c>/livez</c>, <c>/readyz</c> and <c>/{endpoint}/{check}</c>. Alive means that requests are answered and the store answers, which are upstream's
/// conditions; ready means also that the caches hold the registry and the default policy is written, so that what a client sees is complete. Answers are upstream's: <c>ok</c>,
/// or one line per check with <c>?verbose</c> or when one fails. As there, any method asks: load balancers send HEAD.
/// </summary>
internal sealed class HealthHandler(IObjectReader reader, IRevisionedStore store, ClusterBootstrap bootstrap, TimeProvider clock) : IRequestHandler
{
    // Upstream's name, whatever the store is: probes and scripts ask for it by name.
    private const string StorageCheck = "etcd";

    private const string PolicyCheck = "poststarthook/rbac/bootstrap-roles";

    /// <summary>How long the store may take to answer: upstream's <c>--etcd-healthcheck-timeout</c>.</summary>
    private static readonly TimeSpan StoragePatience = TimeSpan.FromSeconds(2);

    private static readonly string[] Live = ["ping", StorageCheck, PolicyCheck];

    private static readonly string[] Ready = ["ping", StorageCheck, "informer-sync", PolicyCheck];

    public Task? TryHandle(HttpContext context, ApiRequest request)
    {
        if (request.Info.IsResourceRequest)
            return null;
        var path = request.Info.Path.TrimEnd('/');
        if (path.Length == 0)
            return null;
        var slash = path.IndexOf('/', 1);
        var endpoint = slash < 0 ? path : path[..slash];
        var checks = endpoint switch
        {
            "/livez" => Live,
            "/healthz" => Ready,
            "/readyz" => Ready,
            _ => null,
        };
        var only = slash < 0 ? null : path[(slash + 1)..];
        return checks is null || (only is not null && !checks.Contains(only)) ? null : AnswerAsync(context, endpoint[1..], checks, only);
    }

    private async Task AnswerAsync(HttpContext context, string endpoint, string[] checks, string? only)
    {
        if (only is not null)
            checks = [only];
        var excluded = context.Request.Query["exclude"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var report = new StringBuilder();
        var good = true;
        foreach (var check in checks)
        {
            if (excluded.Remove(check))
            {
                report.Append($"[+]{check} excluded: ok\n");
                continue;
            }

            var failure = await FailureAsync(check, context.RequestAborted);
            good &= failure is null;
            report.Append(failure is null ? $"[+]{check} ok\n" : $"[-]{check} failed: {failure}\n");
        }

        if (excluded.Count > 0)
            report.Append($"warn: some health checks cannot be excluded: no matches for {string.Join(",", excluded.Select(e => $"\"{e}\""))}\n");
        var verbose = context.Request.Query.ContainsKey("verbose") || !good;
        var text = verbose ? $"{report}{endpoint} check {(good ? "passed" : "failed")}\n" : "ok";
        context.Response.StatusCode = good ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers["X-Content-Type-Options"] = "nosniff";
        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    private async ValueTask<string?> FailureAsync(string check, CancellationToken cancellationToken)
    {
        switch (check)
        {
            case StorageCheck:
                return await StorageFailureAsync(cancellationToken);
            case "informer-sync":
                return reader.IsReady ? null : "the caches do not hold the registry yet";
            case PolicyCheck:
                return bootstrap.IsComplete ? null : "not finished";
            default:
                return null;
        }
    }

    private async ValueTask<string?> StorageFailureAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.CurrentRevisionAsync(cancellationToken).AsTask().WaitAsync(StoragePatience, clock, cancellationToken);
            return null;
        }
        catch (StorageException e)
        {
            return e.Message;
        }
        catch (TimeoutException)
        {
            return $"no answer within {StoragePatience.TotalSeconds} s";
        }
    }
}
