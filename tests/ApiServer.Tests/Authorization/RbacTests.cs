using System.Net;
using Platform.Api.Authorization.V1;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Rbac.V1;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Tests.Authorization;

public sealed class RbacTests
{
    private const string Ns = "default";

    private static readonly ComponentIdentity Jane = new("jane", "jane", ["developers"]);

    [Fact]
    public async Task Binding_of_view_lets_a_group_read_pods_but_not_secrets()
    {
        await using var server = await TestApiServer.StartAsync();
        var jane = server.ApiClientFor(Jane);
        (await Should.ThrowAsync<ApiException>(() => jane.Resource<Pod>().ListAsync(Ns))).Message
            .ShouldBe("pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" in the namespace \"default\"");
        await BindAsync(server, Ns, "view");
        (await jane.Resource<Pod>().ListAsync(Ns)).Items.ShouldBeEmpty();
        (await Should.ThrowAsync<ApiException>(() => jane.Resource<Secret>().ListAsync(Ns))).Code.ShouldBe(403);
        (await Should.ThrowAsync<ApiException>(() => jane.Resource<Pod>().ListAsync(null))).Message
            .ShouldBe("pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" at the cluster scope");
    }

    [Theory]
    [InlineData("view", "get", "pods", true)]
    [InlineData("view", "create", "pods", false)]
    [InlineData("edit", "create", "pods", true)]
    [InlineData("edit", "get", "secrets", true)]
    [InlineData("edit", "create", "rolebindings", false)]
    [InlineData("admin", "create", "rolebindings", true)]
    [InlineData("admin", "get", "pods", true)]
    [InlineData("admin", "update", "resourcequotas", false)]
    public async Task Wider_roles_include_the_narrower_ones(string role, string verb, string resource, bool allowed)
    {
        await using var server = await TestApiServer.StartAsync();
        await BindAsync(server, Ns, role);
        var group = resource == "rolebindings" ? "rbac.authorization.k8s.io" : "";
        (await CanAsync(server, verb, group, resource)).Allowed.ShouldBe(allowed);
    }

    [Fact]
    public async Task Rule_with_names_allows_those_names_and_a_watch_narrowed_to_one()
    {
        await using var server = await TestApiServer.StartAsync();
        var admin = server.ApiClientFor(ComponentIdentity.Administrator);
        await admin.Resource<Role>().CreateAsync(new()
        {
            Metadata = new() { Name = "one", Namespace = Ns },
            Rules = [new() { Verbs = ["get", "list"], ApiGroups = [""], Resources = ["configmaps"], ResourceNames = ["c"] }],
        });
        await BindAsync(server, Ns, "one", "Role");
        var jane = server.ClientFor(Jane);
        (await jane.GetAsync("api/v1/namespaces/default/configmaps/c")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await jane.GetAsync("api/v1/namespaces/default/configmaps/d")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await jane.GetAsync("api/v1/namespaces/default/configmaps")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await jane.GetAsync("api/v1/namespaces/default/configmaps?fieldSelector=metadata.name%3Dc")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Decision_names_the_binding_and_the_role()
    {
        await using var server = await TestApiServer.StartAsync();
        await BindAsync(server, Ns, "view");
        (await CanAsync(server, "get", "", "pods")).Reason
            .ShouldBe("RBAC: allowed by RoleBinding \"b-view/default\" of ClusterRole \"view\" to Group \"developers\"");
    }

    [Fact]
    public async Task Nobody_grants_what_they_do_not_have()
    {
        await using var server = await TestApiServer.StartAsync();
        await BindAsync(server, Ns, "admin");
        var jane = server.ApiClientFor(Jane);
        var role = new Role
        {
            Metadata = new() { Name = "r", Namespace = Ns },
            Rules = [new() { Verbs = ["get"], ApiGroups = [""], Resources = ["nodes"] }],
        };
        var failure = await Should.ThrowAsync<ApiException>(() => jane.Resource<Role>().CreateAsync(role));
        failure.Code.ShouldBe(403);
        failure.Message.ShouldContain("is attempting to grant RBAC permissions not currently held");
        failure.Message.ShouldContain("Resources:[\"nodes\"]");
        await jane.Resource<Role>().CreateAsync(role with { Rules = [new() { Verbs = ["get"], ApiGroups = [""], Resources = ["pods"] }] });
        var bind = new RoleBinding
        {
            Metadata = new() { Name = "b", Namespace = Ns },
            RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = "cluster-admin" },
            Subjects = [new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "User", Name = "jane" }],
        };
        (await Should.ThrowAsync<ApiException>(() => jane.Resource<RoleBinding>().CreateAsync(bind))).Code.ShouldBe(403);
    }

    [Fact]
    public async Task Refused_grant_lists_what_is_missing_a_line_for_each_resource()
    {
        await using var server = await TestApiServer.StartAsync();
        await BindAsync(server, Ns, "admin");
        var role = new Role
        {
            Metadata = new() { Name = "r", Namespace = Ns },
            Rules =
            [
                new() { Verbs = ["get", "list"], ApiGroups = ["", "example.com"], Resources = ["pods", "nodes"] },
                new() { Verbs = ["watch"], ApiGroups = [""], Resources = ["nodes"] },
                new() { Verbs = ["get"], ApiGroups = [""], Resources = ["nodes/proxy"], ResourceNames = ["a", "b"] },
            ],
        };
        (await Should.ThrowAsync<ApiException>(() => server.ApiClientFor(Jane).Resource<Role>().CreateAsync(role))).Message.ShouldBe(
            "roles.rbac.authorization.k8s.io \"r\" is forbidden: user \"jane\" (groups=[\"developers\" \"system:authenticated\"])"
            + " is attempting to grant RBAC permissions not currently held:\n"
            + """
              {APIGroups:[""], Resources:["nodes"], Verbs:["get" "list" "watch"]}
              {APIGroups:[""], Resources:["nodes/proxy"], ResourceNames:["a"], Verbs:["get"]}
              {APIGroups:[""], Resources:["nodes/proxy"], ResourceNames:["b"], Verbs:["get"]}
              {APIGroups:["example.com"], Resources:["nodes"], Verbs:["get" "list"]}
              {APIGroups:["example.com"], Resources:["pods"], Verbs:["get" "list"]}
              """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Role_of_a_binding_cannot_be_changed()
    {
        await using var server = await TestApiServer.StartAsync();
        await BindAsync(server, Ns, "view");
        var bindings = server.ApiClientFor(ComponentIdentity.Administrator).Resource<RoleBinding>();
        var binding = await bindings.GetAsync(Ns, "b-view");
        (await Should.ThrowAsync<ApiException>(() => bindings.UpdateAsync(binding with { RoleRef = binding.RoleRef! with { Name = "edit" } }))).Message.ShouldBe(
            "RoleBinding.rbac.authorization.k8s.io \"b-view\" is invalid: roleRef: Invalid value: "
            + "rbac.RoleRef{APIGroup:\"rbac.authorization.k8s.io\", Kind:\"ClusterRole\", Name:\"edit\"}: cannot change roleRef");
    }

    [Fact]
    public async Task Impersonation_needs_the_right_to_and_then_acts_as_the_other()
    {
        await using var server = await TestApiServer.StartAsync();
        HttpRequestMessage As(string user) => new(HttpMethod.Get, "api/v1/namespaces") { Headers = { { "Impersonate-User", user } } };
        var refused = await server.ClientFor(Jane).SendAsync(As("bob"));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("cannot impersonate resource \\\"users\\\"");
        var asJane = await server.ClientFor(ComponentIdentity.Administrator).SendAsync(As("jane"));
        asJane.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await asJane.Content.ReadAsStringAsync()).ShouldContain("User \\\"jane\\\" cannot list");
    }

    [Fact]
    public async Task Components_may_do_their_work_and_not_more()
    {
        await using var server = await TestApiServer.StartAsync();
        await server.ApiClientFor(ComponentIdentity.Scheduler).Resource<Pod>().ListAsync(null);
        await server.ApiClientFor(ComponentIdentity.ControllerManager).Resource<Pod>().ListAsync(null);
        await server.ApiClientFor(ComponentIdentity.ServiceProxy).Resource<Service>().ListAsync(null);
        (await server.ClientFor(ComponentIdentity.Scheduler).GetAsync("api/v1/secrets")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await server.ClientFor(ComponentIdentity.ServiceProxy).GetAsync("api/v1/pods")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task BindAsync(TestApiServer server, string ns, string role, string kind = "ClusterRole")
    {
        await server.ApiClientFor(ComponentIdentity.Administrator).Resource<RoleBinding>().CreateAsync(new()
        {
            Metadata = new() { Name = "b-" + role, Namespace = ns },
            RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = kind, Name = role },
            Subjects = [new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "Group", Name = "developers" }],
        });
        await server.SettledAsync();
    }

    private static async Task<SubjectAccessReviewStatus> CanAsync(TestApiServer server, string verb, string group, string resource) =>
        (await server.ApiClientFor(Jane).Resource<SelfSubjectAccessReview>().CreateAsync(new()
        {
            Spec = new() { ResourceAttributes = new() { Namespace = Ns, Verb = verb, Group = group, Resource = resource } },
        })).Status!;
}
