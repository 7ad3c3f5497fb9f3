using System.Text.Json.Nodes;
using Platform.ApiServer.Tests.CustomResources;
using Platform.ApiServer.Tests.Registry;

namespace Platform.ApiServer.Tests.Admission.Policies;

/// <summary>https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#type-checking</summary>
public sealed class PolicyTypeCheckTests : IAsyncLifetime
{
    private const string Policies = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";
    private const string Deployments = """[{"apiGroups":["apps"],"apiVersions":["v1"],"operations":["*"],"resources":["deployments"]}]""";

    private CustomResourceServer _server = null!;

    public async ValueTask InitializeAsync() => _server = new(await TestApiServer.StartAsync());

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Warning_names_the_expression_and_each_kind_that_it_does_not_fit()
    {
        var status = await StatusAsync("""{"validations":[{"expression":"object.replicas > 1"}]}""",
            """[{"apiGroups":["apps"],"apiVersions":["v1"],"operations":["*"],"resources":["replicasets","deployments"]}]""");
        ((int?)status["observedGeneration"]).ShouldBe(1);
        var warning = status["typeChecking"]!["expressionWarnings"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)warning["fieldRef"]).ShouldBe("spec.validations[0].expression");
        ((string?)warning["warning"]).ShouldBe("""
            apps/v1, Kind=Deployment: ERROR: <input>:1:7: undefined field 'replicas'
             | object.replicas > 1
             | ......^

            apps/v1, Kind=ReplicaSet: ERROR: <input>:1:7: undefined field 'replicas'
             | object.replicas > 1
             | ......^

            """);
    }

    [Theory]
    [InlineData("object.spec.replicas <= 5 && (oldObject == null || oldObject.spec.replicas < 9)")]
    [InlineData("object.metadata.labels['a'] == 'b' && object.metadata.creationTimestamp < timestamp('2030-01-01T00:00:00Z')")]
    [InlineData("object.spec.template.spec.containers.all(c, !has(c.resources.limits) || quantity(c.resources.limits['cpu']).isLessThan(quantity('2')))")]
    [InlineData("object.spec.strategy.rollingUpdate.maxSurge == 1 || object.spec.strategy.rollingUpdate.maxSurge == '25%'")]
    [InlineData("authorizer.requestResource.check('create').allowed() && request.userInfo.username != '' && namespaceObject.metadata.name != 'x'")]
    [InlineData("variables.wrong == 1")]
    public async Task Expression_that_fits_is_not_warned_of(string expression)
    {
        var status = await StatusAsync(new JsonObject
        {
            // Variables are of any type where they are wrong, and nothing is said of them.
            ["variables"] = new JsonArray(new JsonObject { ["name"] = "wrong", ["expression"] = "object.nothing" }),
            ["validations"] = new JsonArray(new JsonObject { ["expression"] = expression }),
        }.ToJsonString());
        status["typeChecking"]!.ToJsonString().ShouldBe("{}");
    }

    [Theory]
    [InlineData("object.spec.replicas == 'x'", "found no matching overload for '_==_' applied to '(int, string)'")]
    [InlineData("variables.n == 'x'", "found no matching overload for '_==_' applied to '(int, string)'")]
    [InlineData("object.spec.template.spec.containers.all(c, c.imago != '')", "undefined field 'imago'")]
    [InlineData("oldObject.spec.nothing", "undefined field 'nothing'")]
    public async Task Expression_that_does_not_fit_is_warned_of_and_so_is_a_message(string expression, string warning)
    {
        var status = await StatusAsync(new JsonObject
        {
            ["variables"] = new JsonArray(new JsonObject { ["name"] = "n", ["expression"] = "object.spec.replicas" }),
            ["validations"] = new JsonArray(new JsonObject { ["expression"] = expression + " == true", ["messageExpression"] = $"string({expression})" }),
        }.ToJsonString());
        var warnings = status["typeChecking"]!["expressionWarnings"]!.AsArray();
        warnings.Select(w => (string?)w!["fieldRef"]).ShouldBe(["spec.validations[0].expression", "spec.validations[0].messageExpression"]);
        warnings.ShouldAllBe(w => ((string?)w!["warning"])!.StartsWith("apps/v1, Kind=Deployment: ERROR: ") && ((string?)w["warning"])!.Contains(warning));
    }

    [Theory]
    [InlineData("""[{"apiGroups":["*"],"apiVersions":["v1"],"operations":["*"],"resources":["deployments"]}]""")]
    [InlineData("""[{"apiGroups":["apps"],"apiVersions":["*"],"operations":["*"],"resources":["deployments"]}]""")]
    [InlineData("""[{"apiGroups":["apps"],"apiVersions":["v1"],"operations":["*"],"resources":["*"]}]""")]
    [InlineData("""[{"apiGroups":["apps"],"apiVersions":["v1"],"operations":["*"],"resources":["deployments/scale"]}]""")]
    [InlineData("""[{"apiGroups":["none.example.com"],"apiVersions":["v1"],"operations":["*"],"resources":["things"]}]""")]
    public async Task Rules_that_name_no_kind_exactly_are_passed_over(string rules)
    {
        var status = await StatusAsync("""{"validations":[{"expression":"object.replicas > 1"}]}""", rules);
        status["typeChecking"]!.ToJsonString().ShouldBe("{}");
    }

    [Fact]
    public async Task Ten_kinds_of_a_rule_are_checked()
    {
        var status = await StatusAsync("""{"validations":[{"expression":"object.nothing == 1"}]}""",
            """
            [{"apiGroups":["","apps"],"apiVersions":["v1"],"operations":["*"],"resources":["configmaps","secrets","pods","services","nodes","endpoints","namespaces",
              "serviceaccounts","podtemplates","replicationcontrollers","resourcequotas","deployments"]}]
            """);
        var text = (string)status["typeChecking"]!["expressionWarnings"]![0]!["warning"]!;
        text.Split("undefined field").Length.ShouldBe(11);
        text.ShouldStartWith("/v1, Kind=ConfigMap: ");
    }

    [Fact]
    public async Task Kinds_that_contain_themselves_are_checked()
    {
        var status = await StatusAsync("""{"validations":[{"expression":"object.spec.versions.all(v, v.schema.openAPIV3Schema.typo == '')"}]}""",
            """[{"apiGroups":["apiextensions.k8s.io"],"apiVersions":["v1"],"operations":["*"],"resources":["customresourcedefinitions"]}]""");
        ((string?)status["typeChecking"]!["expressionWarnings"]![0]!["warning"])!.ShouldContain("undefined field 'typo'");
    }

    [Fact]
    public async Task Custom_kinds_and_parameters_have_the_types_of_their_schemas()
    {
        await _server.DefineAsync(CustomResourceServer.CronTab);
        var status = await StatusAsync("""
            {"paramKind":{"apiVersion":"stable.example.com/v1","kind":"CronTab"},"validations":[
              {"expression":"object.spec.replicas < params.spec.replicas && object.metadata.labels.size() > 0 && object.kind == 'CronTab'"},
              {"expression":"object.spec.replica < params.spec.image.size()"},
              {"expression":"params.spec.immage == ''"}]}
            """, """[{"apiGroups":["stable.example.com"],"apiVersions":["v1"],"operations":["*"],"resources":["crontabs"]}]""");
        var warnings = status["typeChecking"]!["expressionWarnings"]!.AsArray();
        warnings.Select(w => (string?)w!["fieldRef"]).ShouldBe(["spec.validations[1].expression", "spec.validations[2].expression"]);
        ((string?)warnings[0]!["warning"])!.ShouldStartWith("stable.example.com/v1, Kind=CronTab: ERROR: <input>:1:12: undefined field 'replica'");
        ((string?)warnings[1]!["warning"])!.ShouldContain("undefined field 'immage'");
    }

    [Fact]
    public async Task Change_of_a_policy_is_checked_anew()
    {
        await StatusAsync("""{"validations":[{"expression":"object.replicas > 1"}]}""");
        var (code, body) = await _server.Api.SendAsync(HttpMethod.Patch, Policies + "/p", """{"spec":{"validations":[{"expression":"object.spec.replicas > 1"}]}}""",
            "application/merge-patch+json");
        ((int)code).ShouldBe(200, body.ToJsonString());
        (await UntilAsync(2))["typeChecking"]!.ToJsonString().ShouldBe("{}");
    }

    private async Task<JsonObject> StatusAsync(string spec, string rules = Deployments)
    {
        var policy = JsonNode.Parse(spec)!.AsObject();
        policy["matchConstraints"] = new JsonObject { ["resourceRules"] = JsonNode.Parse(rules) };
        await _server.Api.PostAsync(Policies, new JsonObject
        {
            ["apiVersion"] = "admissionregistration.k8s.io/v1",
            ["kind"] = "ValidatingAdmissionPolicy",
            ["metadata"] = new JsonObject { ["name"] = "p" },
            ["spec"] = policy,
        }.ToJsonString());
        return await UntilAsync(1);
    }

    private async Task<JsonObject> UntilAsync(int generation)
    {
        await using var watch = await WatchReader.OpenAsync(_server.Api.Http, Policies + "?watch=true");
        while (await watch.NextAsync() is { } item)
        {
            if (item["object"]!["status"] is JsonObject status && (int?)status["observedGeneration"] == generation)
                return status;
        }
        throw new InvalidOperationException("the watch ended");
    }
}
