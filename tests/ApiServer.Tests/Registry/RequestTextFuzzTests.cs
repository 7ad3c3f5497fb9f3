using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Platform.Api.Errors;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Presentation;

namespace Platform.ApiServer.Tests.Registry;

/// <summary>What nobody would put into a header or a query: it is read or refused with 400 or 406.</summary>
public sealed class RequestTextFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;
    private const int Inputs = 50_000;

    [Fact]
    public void Accept_header_is_read_or_refused()
    {
        string[] pieces =
        [
            "application", "/", "json", "yaml", "vnd.kubernetes.protobuf", "*", ";", ",", "=", "as", "Table", "PartialObjectMetadata", "g=meta.k8s.io", "v=v1",
                "q=0.5", "q=-1", "q=NaN",
            "q=1e999", "stream=watch", "pretty=1", " ", "\"", "é", "application/json;as=Table;v=v1;g=meta.k8s.io",
        ];
        Run("Accept", pieces, text =>
        {
            var request = new DefaultHttpContext().Request;
            request.Headers.Accept = text;
            ContentNegotiation.OrJson(request);
            ContentNegotiation.Of(request, AnswerAbilities.Transforms | AnswerAbilities.Protobuf);
        });
    }

    [Fact]
    public void Continue_tokens_are_read_or_refused()
    {
        var token = new ContinueToken(12, "default/a").ToString();
        string[] pieces =
        [
            token, token[..10], token[10..], "e30", "W10", "bnVsbA", "=", "-", "_", "A", "é", " ",
            Encode("{\"v\":1}"), Encode("{\"v\":\"meta.k8s.io/v1\",\"rv\":1.5,\"start\":\"a\"}"), Encode("{\"v\":\"meta.k8s.io/v1\",\"rv\":\"x\",\"start\":1}"),
            Encode("{\"v\":\"meta.k8s.io/v1\",\"rv\":1,\"start\":\"../../a\"}"), Encode("{\"v\":null,\"rv\":null,\"start\":null}"),
        ];
        Run("continue token", pieces, text => ContinueToken.Parse(text));
    }

    [Fact]
    public void Resource_versions_are_read_or_refused() =>
        Run("resourceVersion", ["0", "1", "9", "-", "+", " ", "x", "9223372036854775807", ".", "e", "٣"], text => ReadVersion.Parse(text));

    private static string Encode(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private void Run(string what, string[] pieces, Action<string> read)
    {
        var random = new Random(Seed);
        var good = 0;
        for (var i = 0; i < Inputs; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                read(text);
                good++;
            }
            catch (ApiException e)
            {
                e.Code.ShouldBeOneOf(400, 406);
            }
            catch (Exception e) when (e is not ShouldAssertException)
            {
                throw new InvalidOperationException($"{what}, input {i}: {text}", e);
            }
        }

        good.ShouldBeGreaterThan(0);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {Inputs} inputs, seed {Seed}: {good} read, {Inputs - good} refused"));
    }
}
