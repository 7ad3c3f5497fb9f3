using Platform.Api.Authentication.V1;
using Platform.ApiServer.FlowControl;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Tests.FlowControl;

/// <summary>Which of the objects that every cluster has is about a request: https://kubernetes.io/docs/concepts/cluster-administration/flow-control/#defaults</summary>
public sealed class FlowMatchTests
{
    [Theory]
    [InlineData("admin", "system:masters", "list core/pods", "exempt")]
    [InlineData("system:anonymous", "system:unauthenticated", "get /healthz", "probes")]
    [InlineData("system:anonymous", "system:unauthenticated", "get /version", "global-default")]
    [InlineData("alice", "system:authenticated", "list core/pods", "global-default")]
    [InlineData("system:kube-scheduler", "system:authenticated", "update coordination.k8s.io/leases in kube-system", "system-leader-election")]
    [InlineData("system:kube-scheduler", "system:authenticated", "patch coordination.k8s.io/leases in kube-system", "kube-scheduler")]
    [InlineData("system:kube-controller-manager", "system:authenticated", "list apps/deployments", "kube-controller-manager")]
    [InlineData("system:kube-controller-manager", "system:authenticated", "create core/endpoints in default", "endpoint-controller")]
    [InlineData("system:node:n1", "system:nodes", "patch core/nodes/status", "system-node-high")]
    [InlineData("system:node:n1", "system:nodes", "update coordination.k8s.io/leases in kube-node-lease", "system-node-high")]
    [InlineData("system:node:n1", "system:nodes", "update core/pods/status in default", "system-nodes")]
    [InlineData("system:serviceaccount:kube-system:x", "system:serviceaccounts", "list core/pods in default", "kube-system-service-accounts")]
    [InlineData("system:serviceaccount:kube-system:x", "system:serviceaccounts", "get coordination.k8s.io/leases in any", "system-leader-election")]
    [InlineData("system:serviceaccount:default:x", "system:serviceaccounts", "list core/pods in default", "service-accounts")]
    [InlineData("system:serviceaccount:kube-systemic:x", "system:serviceaccounts", "list core/pods in default", "service-accounts")]
    [InlineData("nobody", "", "get /", "catch-all")]
    public void Default_objects_tell_requests_apart(string user, string group, string what, string expected)
    {
        var level = new PriorityLevel(null!, "any");
        var schemas = FlowControlDefaults.Schemas.OrderBy(s => s.Spec!.MatchingPrecedence).ThenBy(s => s.Metadata.Name, StringComparer.Ordinal)
            .Select(s => new ActiveFlowSchema(s, level)).ToList();
        var snapshot = new FlowControlSnapshot(1, schemas, [], schemas.Single(s => s.Name == "catch-all"));
        snapshot.Match(new UserInfo { Username = user, Groups = [group] }, Parse(what)).Name.ShouldBe(expected);
    }

    private static RequestInfo Parse(string text)
    {
        var words = text.Split(' ');
        if (words[1][0] == '/')
            return new() { IsResourceRequest = false, Path = words[1], Verb = words[0] };
        var parts = words[1].Split('/');
        return new()
        {
            IsResourceRequest = true,
            Path = "",
            Verb = words[0],
            Group = parts[0] == "core" ? "" : parts[0],
            Resource = parts[1],
            Subresource = parts.Length > 2 ? parts[2] : "",
            Namespace = words.Length > 3 ? words[3] : "",
        };
    }
}
