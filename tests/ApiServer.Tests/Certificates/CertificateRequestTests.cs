using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Platform.ApiServer.Tests.Registry;

namespace Platform.ApiServer.Tests.Certificates;

/// <summary>Certificate signing requests (https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/).</summary>
public sealed class CertificateRequestTests : IAsyncLifetime
{
    private const string Requests = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    private const string MergePatch = "application/merge-patch+json";

    private TestApiServer _server = null!;
    private ApiCalls _api = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestApiServer.StartAsync();
        _api = ApiCalls.To(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_server_records_who_asks_whatever_the_body_says()
    {
        var made = await _api.PostAsync(Requests, Request("a", Pem("CN=jane")));
        ((string)made["spec"]!["username"]!).ShouldNotBe("somebody");
        made["spec"]!["groups"]!.AsArray().Select(g => (string)g!).ShouldContain("system:masters");
        made["status"]!.AsObject().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_spec_never_changes()
    {
        var made = await _api.PostAsync(Requests, Request("a", Pem("CN=jane")));
        var (code, patched) = await _api.SendAsync(HttpMethod.Patch, Requests + "/a", """{"spec":{"username":"other","usages":["any"]}}""", MergePatch);
        code.ShouldBe(HttpStatusCode.OK);
        patched["spec"]!.ToJsonString().ShouldBe(made["spec"]!.ToJsonString());
    }

    [Fact]
    public async Task A_request_is_approved_once_and_the_decision_stays()
    {
        await _api.PostAsync(Requests, Request("a", Pem("CN=jane")));
        var (code, body) = await _api.SendAsync(HttpMethod.Patch, Requests + "/a/status", Conditions("Approved"), MergePatch);
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string)body["message"]!).ShouldContain("updates may not add a condition of type \"Approved\"");
        (code, body) = await _api.SendAsync(HttpMethod.Patch, Requests + "/a/approval", Conditions("Approved"), MergePatch);
        code.ShouldBe(HttpStatusCode.OK);
        body["status"]!["conditions"]![0]!["lastTransitionTime"].ShouldNotBeNull();
        body["status"]!["conditions"]![0]!["lastUpdateTime"].ShouldNotBeNull();
        (code, body) = await _api.SendAsync(HttpMethod.Patch, Requests + "/a/approval", """{"status":{"conditions":[]}}""", MergePatch);
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string)body["message"]!).ShouldContain("updates may not remove a condition of type \"Approved\"");
        (code, body) = await _api.SendAsync(HttpMethod.Patch, Requests + "/a/approval",
            """{"status":{"conditions":[{"type":"Approved","status":"True"},{"type":"Denied","status":"True"}]}}""", MergePatch);
        ((string)body["message"]!).ShouldContain("Approved and Denied conditions are mutually exclusive");
    }

    [Fact]
    public async Task A_certificate_is_issued_through_the_status_and_never_replaced()
    {
        await _api.PostAsync(Requests, Request("a", Pem("CN=jane")));
        await _api.SendAsync(HttpMethod.Patch, Requests + "/a/approval", Conditions("Approved"), MergePatch);
        var (code, body) = await _api.SendAsync(HttpMethod.Patch, Requests + "/a/status", Certificate("nonsense"), MergePatch);
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string)body["message"]!).ShouldContain("status.certificate: Invalid value: \"<certificate data>\": must contain one or more CERTIFICATE PEM blocks");
        (code, body) = await _api.SendAsync(HttpMethod.Patch, Requests + "/a/status", Certificate(SelfSigned()), MergePatch);
        code.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        (code, body) = await _api.SendAsync(HttpMethod.Patch, Requests + "/a/status", Certificate(SelfSigned()), MergePatch);
        ((string)body["message"]!).ShouldContain("status.certificate: Forbidden: updates may not modify existing certificate content");
        var table = await _api.GetAsync(Requests, "application/json;as=Table;v=v1;g=meta.k8s.io");
        string.Join(' ', table["columnDefinitions"]!.AsArray().Select(c => (string)c!["name"]!)).ShouldBe("Name Age SignerName Requestor RequestedDuration Condition");
        ((string)table["rows"]![0]!["cells"]![5]!).ShouldBe("Approved,Issued");
        ((string)table["rows"]![0]!["cells"]![4]!).ShouldBe("60m");
    }

    [Fact]
    public async Task A_bad_request_is_refused_with_all_that_is_wrong()
    {
        var (code, body) = await _api.SendAsync(HttpMethod.Post, Requests, Request("a", "nonsense", signer: "plain", usages: """["odd","odd"]""", seconds: 5));
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var message = (string)body["message"]!;
        message.ShouldContain("PEM block type must be CERTIFICATE REQUEST");
        message.ShouldContain("spec.usages[0]: Unsupported value: \"odd\"");
        message.ShouldContain("spec.usages[1]: Duplicate value: \"odd\"");
        message.ShouldContain("spec.signerName: Invalid value: \"plain\": must be a fully qualified domain and path of the form 'example.com/signer-name'");
        message.ShouldContain("spec.expirationSeconds: Invalid value: 5: may not specify a duration less than 600 seconds (10 minutes)");
    }

    [Fact]
    public async Task Nobody_asks_for_a_certificate_of_the_masters()
    {
        var (code, body) = await _api.SendAsync(HttpMethod.Post, Requests, Request("a", Pem("O=system:masters, CN=jane"), signer: "kubernetes.io/kube-apiserver-client"));
        code.ShouldBe(HttpStatusCode.Forbidden);
        ((string)body["message"]!).ShouldContain("use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed");
    }

    [Fact]
    public async Task Approving_takes_a_right_on_the_signer()
    {
        await _api.PostAsync(Requests, Request("a", Pem("CN=jane")));
        await _api.PostAsync("/apis/rbac.authorization.k8s.io/v1/clusterroles", Role("approver", Rule("update", "certificatesigningrequests/approval"), Rule("get",
            "certificatesigningrequests")));
        await BindAsync("approver");
        (await ApproveAsync()).ShouldBe((HttpStatusCode.Forbidden,
            "certificatesigningrequests.certificates.k8s.io \"a\" is forbidden: user not permitted to approve requests with signerName \"example.com/serving\""));
        await _api.PostAsync("/apis/rbac.authorization.k8s.io/v1/clusterroles", Role("signers",
            """{"apiGroups":["certificates.k8s.io"],"resources":["signers"],"resourceNames":["example.com/*"],"verbs":["approve"]}"""));
        await BindAsync("signers");
        (await ApproveAsync()).Code.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<(HttpStatusCode Code, string? Message)> ApproveAsync()
    {
        var value = await _api.GetAsync(Requests + "/a");
        value["status"] = JsonNode.Parse(Conditions("Approved"))!["status"]!.DeepClone();
        using var request = new HttpRequestMessage(HttpMethod.Put, Requests + "/a/approval") { Content = new StringContent(value.ToJsonString(), Encoding.UTF8,
            "application/json") };
        request.Headers.Add("Impersonate-User", "jane");
        using var response = await _api.Http.SendAsync(request);
        return (response.StatusCode, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["message"]);
    }

    private Task BindAsync(string role) => _api.PostAsync("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", $$"""
        {"metadata":{"name":"{{role}}"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"{{role}}"},
        "subjects":[{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"jane"}]}
        """);

    private static string Role(string name, params string[] rules) => $$"""{"metadata":{"name":"{{name}}"},"rules":[{{string.Join(',', rules)}}]}""";

    private static string Rule(string verb, string resource) => $$"""{"apiGroups":["certificates.k8s.io"],"resources":["{{resource}}"],"verbs":["{{verb}}"]}""";

    private static string Conditions(string type) => $$$"""{"status":{"conditions":[{"type":"{{{type}}}","status":"True","reason":"R","message":"m"}]}}""";

    private static string Certificate(string pem) => $$$"""{"status":{"certificate":"{{{Base64(pem)}}}"}}""";

    private static string Request(string name, string pem, string signer = "example.com/serving", string usages = """["client auth"]""", int seconds = 3600) => $$$"""
        {"metadata":{"name":"{{{name}}}"},"spec":{"request":"{{{Base64(pem)}}}","signerName":"{{{signer}}}","usages":{{{usages}}},"expirationSeconds":{{{seconds}}},
        "username":"somebody","groups":["system:nobody"]}}
        """;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Pem(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
    }

    private static string SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=c", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(90));
        return certificate.ExportCertificatePem();
    }
}
