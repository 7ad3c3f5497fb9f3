using Microsoft.AspNetCore.Http;
using Platform.Api.Errors;
using Platform.ApiServer.Registry.Presentation;

namespace Platform.ApiServer.Tests.Registry.Presentation;

/// <summary>https://kubernetes.io/docs/reference/using-api/api-concepts/#alternate-representations-of-resources</summary>
public sealed class ContentNegotiationTests
{
    private const AnswerAbilities All = AnswerAbilities.Transforms;

    [Theory]
    [InlineData("", "Json Object")]
    [InlineData("*/*", "Json Object")]
    [InlineData("application/*", "Json Object")]
    [InlineData("*", "Json Object")]
    [InlineData("application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json", "Json Table")]
    [InlineData("application/json;as=Table;v=v1beta1;g=meta.k8s.io", "Json Table")]
    [InlineData("application/json;as=Table;v=v2;g=meta.k8s.io,application/json", "Json Object")]
    [InlineData("application/json;as=Table;v=v1;g=other.k8s.io,application/json", "Json Object")]
    [InlineData("application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json", "Json Metadata")]
    [InlineData("text/html,application/json;q=0.9,*/*;q=0.8", "Json Object")]
    [InlineData("application/json;as=Table;v=v1;g=meta.k8s.io;q=0.5, application/json", "Json Object")]
    [InlineData("application/json;pretty=1", "PrettyJson Object")]
    [InlineData("APPLICATION/JSON", "Json Object")]
    [InlineData("application/json;stream=other,application/json;as=Table;v=v1;g=meta.k8s.io", "Json Table")]
    public void The_first_alternative_that_the_endpoint_has_is_taken(string accept, string expected)
    {
        var form = ContentNegotiation.Of(Request(accept), All);
        $"{form.Format} {form.Kind}".ShouldBe(expected);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json;as=Nothing;v=v1;g=meta.k8s.io")]
    [InlineData("application/json;stream=other")]
    [InlineData("application/pdf, image/*")]
    public void Nothing_acceptable_is_said_with_the_list_of_types(string accept)
    {
        var failure = Should.Throw<ApiException>(() => ContentNegotiation.Of(Request(accept), All));
        failure.Code.ShouldBe(406);
        failure.Status.Message!.ShouldStartWith("only the following media types are accepted: application/json");
    }

    [Fact]
    public void Transforms_are_not_for_every_endpoint() =>
        Should.Throw<ApiException>(() => ContentNegotiation.Of(Request("application/json;as=Table;v=v1;g=meta.k8s.io"), AnswerAbilities.None)).Code.ShouldBe(406);

    [Fact]
    public void A_failure_is_sent_as_json_where_nothing_fits() => ContentNegotiation.OrJson(Request("image/png")).Kind.ShouldBe(PresentationKind.Object);

    [Theory]
    [InlineData("curl/7.88.1", "", true)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64)", "", true)]
    [InlineData("Wget/1.21", "", true)]
    [InlineData("kubectl/v1.32.0 (linux/amd64)", "", false)]
    [InlineData("kubectl/v1.32.0 (linux/amd64)", "?pretty=true", true)]
    [InlineData("kubectl/v1.32.0 (linux/amd64)", "?pretty=1", true)]
    [InlineData("curl/7.88.1", "?pretty=false", false)]
    [InlineData("curl/7.88.1", "?pretty=", true)]
    public void People_get_line_breaks(string agent, string query, bool pretty)
    {
        var request = Request("application/json");
        request.Headers.UserAgent = agent;
        request.QueryString = new(query);
        ContentNegotiation.Of(request, All).Format.ShouldBe(pretty ? AnswerFormat.PrettyJson : AnswerFormat.Json);
        ContentNegotiation.Of(request, All | AnswerAbilities.Watch).Format.ShouldBe(AnswerFormat.Json);
    }

    [Fact]
    public void A_header_of_many_clauses_is_read_in_bounded_time()
    {
        var clauses = AcceptClause.Parse(string.Join(',', Enumerable.Repeat("a/b;c=d;q=0.1", 10_000)));
        clauses.Count.ShouldBe(AcceptClause.MostClauses);
    }

    private static HttpRequest Request(string accept)
    {
        var request = new DefaultHttpContext().Request;
        if (accept.Length > 0)
            request.Headers.Accept = accept;
        return request;
    }
}
