using System.Text.Json.Nodes;
using Platform.ApiServer.CustomResources;

namespace Platform.ApiServer.Tests.CustomResources;

/// <summary>The paths of printer columns (https://kubernetes.io/docs/reference/kubectl/jsonpath/).</summary>
public sealed class JsonPathTests
{
    private static readonly JsonNode Document = JsonNode.Parse("""
        {"l":["p","q","r"],"m":{"a.b":"dotted"},"c":[{"type":"Ready","status":"True"},{"type":"Other","status":"False"}]}
        """)!;

    [Theory]
    [InlineData(".l[0]", "p")]
    [InlineData(".l[-1]", "r")]
    [InlineData(".l[5]", "")]
    [InlineData(".l[*]", "p q r")]
    [InlineData(".l[0:2]", "p q")]
    [InlineData(".l[1:]", "q r")]
    [InlineData(".l[:-1]", "p q")]
    [InlineData(".l[-1:]", "r")]
    [InlineData(".l[::2]", "p r")]
    [InlineData(".l[0:9]", "")]
    [InlineData(".m.a\\.b", "dotted")]
    [InlineData(".m['a.b']", "dotted")]
    [InlineData(".c[?(@.type==\"Ready\")].status", "True")]
    [InlineData(".c[-1:].status", "False")]
    public void Path_leads_to(string path, string values) => string.Join(' ', JsonPath.Parse(path)!.Find(Document)).ShouldBe(values);

    [Theory]
    [InlineData(".l[::0]")]
    [InlineData(".l[a:b]")]
    [InlineData("..l")]
    public void Path_that_cannot_be_read_is_none(string path) => JsonPath.Parse(path).ShouldBeNull();
}
