using Platform.Api;
using Platform.Api.Authentication.V1;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Authorization;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Authentication.ServiceAccounts;

/// <summary>
/// The subresource <c>serviceaccounts/token</c>: a token for the API server or other audiences, bound to a pod, secret or node where the request says so. A
/// node gets tokens only for pods that run on it.
/// </summary>
internal sealed class TokenRequestHandler(ServiceAccountTokens tokens, IObjectReader reader, WatchCaches caches, TimeProvider time) : IRequestHandler
{
    private const string Version = "authentication.k8s.io/v1";
    private const string Kind = "TokenRequest";
    private const long DefaultSeconds = 3_600;
    private const long MinimumSeconds = 600;
    private const long MaximumSeconds = 1L << 32;

    public Task? TryHandle(HttpContext context, ApiRequest request) =>
        request.Info is { Resource: "serviceaccounts", Subresource: "token", Group: "" } && HttpMethods.IsPost(context.Request.Method)
            ? CreateAsync(context, request)
            : null;

    private async Task CreateAsync(HttpContext context, ApiRequest request)
    {
        var (ns, name) = (request.Info.Namespace, request.Info.Name);
        var asked = await JsonExchange.ReadAsync<TokenRequest>(context);
        ObjectMetadata.CheckKind(asked, Version, Kind);
        // The account and the pod may have been created a moment ago.
        await caches.FreshAsync(context.RequestAborted);
        var account = reader.Find<ServiceAccount>(ns, name) ?? throw ApiErrors.NotFound("", "serviceaccounts", name);
        var spec = asked.Spec ?? new();
        var seconds = spec.ExpirationSeconds ?? DefaultSeconds;
        List<FieldError> errors = [];
        if (asked.Metadata.Name is { Length: > 0 } named && named != name)
            errors.Add(FieldError.Invalid("metadata.name", named, "must match the service account name if specified"));
        if (asked.Metadata.Namespace is { Length: > 0 } placed && placed != ns)
            errors.Add(FieldError.Invalid("metadata.namespace", placed, "must match the service account namespace if specified"));
        if (seconds < MinimumSeconds)
            errors.Add(FieldError.Invalid("spec.expirationSeconds", seconds, "may not specify a duration less than 10 minutes"));
        if (seconds > MaximumSeconds)
            errors.Add(FieldError.Invalid("spec.expirationSeconds", seconds, "may not specify a duration larger than 2^32 seconds"));
        if (errors.Count > 0)
            throw ApiErrors.Invalid("authentication.k8s.io", Kind, name, errors);

        var bound = Bind(account, ns, spec.BoundObjectRef, NodeAuthorizer.NodeOf(request.User));
        IReadOnlyList<string> audiences = spec.Audiences is { Count: > 0 } wanted ? wanted : [tokens.Issuer];
        var token = tokens.Issue(account, audiences, TimeSpan.FromSeconds(seconds), bound);
        var now = time.GetUtcNow();
        await JsonExchange.WriteAsync(context, StatusCodes.Status201Created, asked with
        {
            ApiVersion = Version,
            Kind = Kind,
            Metadata = asked.Metadata with { Name = name, Namespace = ns, CreationTimestamp = now },
            Spec = spec with { Audiences = audiences, ExpirationSeconds = seconds },
            Status = new() { Token = token, ExpirationTimestamp = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() + seconds) },
        });
    }

    private KubernetesClaims Bind(ServiceAccount account, string ns, BoundObjectReference? reference, string? requestingNode)
    {
        var claims = new KubernetesClaims { Namespace = ns, ServiceAccount = new(account.Metadata.Name!, account.Metadata.Uid) };
        if (requestingNode is not null && reference?.Kind != "Pod")
            throw Refused(account, "node requested token not bound to a pod");
        if (reference is null)
            return claims;
        var name = reference.Name ?? "";
        switch (reference.Kind, reference.ApiVersion)
        {
            case ("Pod", "v1"):
                var pod = Existing(reader.Find<Pod>(ns, name), reference, "pods");
                if (pod.Spec?.ServiceAccountName != account.Metadata.Name)
                    throw ApiErrors.BadRequest($"cannot bind token for serviceaccount \"{account.Metadata.Name}\" to pod running with different serviceaccount name.");
                if (requestingNode is not null && pod.Spec?.NodeName != requestingNode)
                    throw Refused(account, "node requested token bound to a pod scheduled on a different node");
                var node = pod.Spec?.NodeName is { Length: > 0 } nodeName ? new BoundReference(nodeName, reader.Find<Node>(null, nodeName)?.Metadata.Uid) : null;
                return claims with { Pod = new(name, pod.Metadata.Uid), Node = node };
            case ("Secret", "v1"):
                return claims with { Secret = new(name, Existing(reader.Find<Secret>(ns, name), reference, "secrets").Metadata.Uid) };
            case ("Node", "v1"):
                return claims with { Node = new(name, Existing(reader.Find<Node>(null, name), reference, "nodes").Metadata.Uid) };
            default:
                throw ApiErrors.BadRequest($"cannot bind token to object of type {reference.ApiVersion}, Kind={reference.Kind}");
        }
    }

    private static T Existing<T>(T? found, BoundObjectReference reference, string resource)
        where T : KubernetesObject
    {
        if (found is null)
            throw ApiErrors.NotFound("", resource, reference.Name ?? "");
        if (reference.Uid is { Length: > 0 } uid && uid != found.Metadata.Uid)
            throw ApiErrors.Conflict("", resource, reference.Name ?? "", $"the UID in the bound object reference ({uid}) does not match the UID in record ({found.Metadata.Uid})");
        return found;
    }

    private static ApiException Refused(ServiceAccount account, string why) =>
        ApiErrors.Forbidden("", "serviceaccounts", account.Metadata.Name!, why);
}
