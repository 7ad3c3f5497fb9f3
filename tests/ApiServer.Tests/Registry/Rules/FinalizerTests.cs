using System.Net;
using Platform.ApiServer.Tests.CustomResources;

namespace Platform.ApiServer.Tests.Registry.Rules;

/// <summary>https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/: names have a domain, which built-in kinds insist on.</summary>
public sealed class FinalizerTests
{
    [Fact]
    public async Task Built_in_kind_refuses_a_finalizer_without_a_domain()
    {
        await using var server = await TestApiServer.StartAsync();
        var (code, status) = await ApiCalls.To(server).SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps,
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","finalizers":["example.com/good","bad"]}}""");
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string?)status["message"])!.ShouldContain(
            "metadata.finalizers[1]: Invalid value: \"bad\": name is neither a standard finalizer name nor is it fully qualified");
    }

    [Theory]
    [InlineData("foregroundDeletion")]
    [InlineData("orphan")]
    public async Task Kubernetes_own_finalizers_need_none(string finalizer)
    {
        await using var server = await TestApiServer.StartAsync();
        await ApiCalls.To(server).PostAsync(ApiCalls.ConfigMaps,
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","finalizers":["NAME"]}}""".Replace("NAME", finalizer, StringComparison.Ordinal));
    }
}
