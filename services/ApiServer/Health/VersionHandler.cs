using System.Runtime.InteropServices;
using System.Text;
using Platform.ApiServer.Hosting;

namespace Platform.ApiServer.Health;

/// <summary><c>/version</c>: the version of the Kubernetes API that is spoken, with the product as build metadata.</summary>
internal sealed class VersionHandler : IRequestHandler
{
    public const string GitVersion = "v1.32.0+platform";

    // Indented and in this order, as upstream writes it: people read it with curl, and scripts with worse.
    private static readonly byte[] Body = Encoding.UTF8.GetBytes($$"""
        {
          "major": "1",
          "minor": "32",
          "gitVersion": "{{GitVersion}}",
          "gitCommit": "",
          "gitTreeState": "clean",
          "buildDate": "1970-01-01T00:00:00Z",
          "goVersion": "",
          "compiler": "{{RuntimeInformation.FrameworkDescription}}",
          "platform": "linux/{{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64")}}"
        }
        """);

    public Task? TryHandle(HttpContext context, ApiRequest request)
    {
        if (request.Info.Path is not ("/version" or "/version/"))
            return null;
        if (!HttpMethods.IsGet(context.Request.Method))
            throw Platform.Api.Errors.ApiErrors.MethodNotAllowed();
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Body.Length;
        return context.Response.BodyWriter.WriteAsync(Body, context.RequestAborted).AsTask();
    }
}
