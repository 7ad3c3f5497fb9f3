using System.Runtime.InteropServices;
using Platform.Api.Json;
using Platform.Api.Meta.V1;
using Platform.ApiServer.Hosting;

namespace Platform.ApiServer.Health;

/// <summary><c>/version</c>: the version of the Kubernetes API that is spoken, with the product as build metadata.</summary>
internal sealed class VersionHandler : IRequestHandler
{
    public const string GitVersion = "v1.32.0+platform";

    private static readonly byte[] Body = ApiJson.Encode(new VersionInfo
    {
        Major = "1",
        Minor = "32",
        GitVersion = GitVersion,
        GitCommit = "",
        GitTreeState = "clean",
        BuildDate = "1970-01-01T00:00:00Z",
        GoVersion = "",
        Compiler = RuntimeInformation.FrameworkDescription,
        Platform = $"linux/{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64")}",
    });

    public Task? TryHandle(HttpContext context, ApiRequest request)
    {
        if (request.Info.Path is not ("/version" or "/version/") || !HttpMethods.IsGet(context.Request.Method))
            return null;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Body.Length;
        return context.Response.BodyWriter.WriteAsync(Body, context.RequestAborted).AsTask();
    }
}
