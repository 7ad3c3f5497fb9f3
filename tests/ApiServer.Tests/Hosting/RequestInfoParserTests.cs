using Microsoft.AspNetCore.Http;
using Platform.ApiServer.Hosting;

namespace Platform.ApiServer.Tests.Hosting;

public sealed class RequestInfoParserTests
{
    [Theory]
    [InlineData("GET", "/api/v1/pods", "", "list||v1||pods||")]
    [InlineData("GET", "/api/v1/namespaces/a/pods", "?watch=true", "watch||v1|a|pods||")]
    [InlineData("GET", "/api/v1/watch/namespaces/a/pods", "", "watch||v1|a|pods||")]
    [InlineData("GET", "/api/v1/namespaces/a/pods/b", "", "get||v1|a|pods|b|")]
    [InlineData("GET", "/api/v1/namespaces/a/pods/b/log", "?follow=true", "get||v1|a|pods|b|log")]
    [InlineData("POST", "/api/v1/namespaces/a/pods/b/exec", "", "create||v1|a|pods|b|exec")]
    [InlineData("GET", "/api/v1/namespaces/a", "", "get||v1|a|namespaces|a|")]
    [InlineData("PUT", "/api/v1/namespaces/a/finalize", "", "update||v1|a|namespaces|a|finalize")]
    [InlineData("GET", "/api/v1/namespaces", "", "list||v1||namespaces||")]
    [InlineData("PATCH", "/apis/apps/v1/namespaces/a/deployments/d/status", "", "patch|apps|v1|a|deployments|d|status")]
    [InlineData("DELETE", "/apis/apps/v1/namespaces/a/deployments", "", "deletecollection|apps|v1|a|deployments||")]
    [InlineData("DELETE", "/apis/apps/v1/namespaces/a/deployments/d", "", "delete|apps|v1|a|deployments|d|")]
    [InlineData("GET", "/api/v1/namespaces/a/secrets", "?fieldSelector=metadata.name%3Ds", "list||v1|a|secrets|s|")]
    public void Resource_paths_are_read_as_upstream_reads_them(string method, string path, string query, string expected)
    {
        var info = RequestInfoParser.Parse(Request(method, path, query));
        info.IsResourceRequest.ShouldBeTrue();
        string.Join('|', info.Verb, info.Group, info.Version, info.Namespace, info.Resource, info.Name, info.Subresource).ShouldBe(expected);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api")]
    [InlineData("/api/v1")]
    [InlineData("/apis/apps/v1")]
    [InlineData("/apis/apps/v1/")]
    [InlineData("/healthz")]
    [InlineData("/openapi/v3/api/v1")]
    public void Other_paths_are_not_for_resources(string path)
    {
        var info = RequestInfoParser.Parse(Request("GET", path, ""));
        info.IsResourceRequest.ShouldBeFalse();
        info.Verb.ShouldBe("get");
    }

    private static HttpRequest Request(string method, string path, string query)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = path;
        context.Request.QueryString = new(query);
        return context.Request;
    }
}
