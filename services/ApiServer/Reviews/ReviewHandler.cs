using Platform.Api.Authentication.V1;
using Platform.Api.Authorization.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Authentication.ServiceAccounts;
using Platform.ApiServer.Authorization;
using Platform.ApiServer.Authorization.Rbac;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Reviews;

/// <summary>
/// Answers the resources that are questions: who am I, whose token is this, may this user do that. A create is answered at once and nothing is stored.
/// </summary>
internal sealed class ReviewHandler(ServiceAccountTokens tokens, IAuthorizer authorizer, RbacAuthorizer rbac, ResourceRegistry resources, TimeProvider time) : IRequestHandler
{
    public Task? TryHandle(HttpContext context, ApiRequest request)
    {
        if (!request.Info.IsResourceRequest || request.Info.Verb != "create" || request.Info.Version != "v1")
            return null;
        return (request.Info.Group, request.Info.Resource) switch
        {
            ("authentication.k8s.io", "selfsubjectreviews") => AnswerAsync<SelfSubjectReview>(context, asked => asked with
            {
                Status = new() { UserInfo = request.User },
            }),
            ("authentication.k8s.io", "tokenreviews") => AnswerAsync<TokenReview>(context, asked => asked with { Status = Review(asked.Spec) }),
            ("authorization.k8s.io", "subjectaccessreviews") => AnswerAsync<SubjectAccessReview>(context, asked => asked with { Status = Review(asked.Spec) }),
            ("authorization.k8s.io", "localsubjectaccessreviews") => AnswerAsync<LocalSubjectAccessReview>(context, asked => asked with
            {
                Status = ReviewLocal(asked.Spec, request.Info.Namespace),
            }),
            ("authorization.k8s.io", "selfsubjectaccessreviews") => AnswerAsync<SelfSubjectAccessReview>(context, asked => asked with
            {
                Status = Decide(request.User, asked.Spec?.ResourceAttributes, asked.Spec?.NonResourceAttributes, "SelfSubjectAccessReview"),
            }),
            ("authorization.k8s.io", "selfsubjectrulesreviews") => AnswerAsync<SelfSubjectRulesReview>(context, asked => asked with
            {
                Status = RulesOf(request.User, asked.Spec?.Namespace),
            }),
            _ => null,
        };
    }

    private async Task AnswerAsync<T>(HttpContext context, Func<T, T> answer)
        where T : Platform.Api.KubernetesObject
    {
        var asked = await JsonExchange.ReadAsync<T>(context);
        var definition = resources.Current.Of(typeof(T));
        // A client may leave out what it asks; the answer says it.
        ObjectMetadata.CheckKind(asked, definition.ApiVersion, definition.Kind);
        var answered = answer(asked);
        answered.Metadata = answered.Metadata with { CreationTimestamp = time.GetUtcNow() };
        await JsonExchange.WriteAsync(context, StatusCodes.Status201Created, answered);
    }

    private TokenReviewStatus Review(TokenReviewSpec? spec)
    {
        if (spec?.Token is not { Length: > 0 } token)
            throw ApiErrors.BadRequest("token is required for TokenReview in authentication");
        IReadOnlyList<string> audiences = spec.Audiences is { Count: > 0 } asked ? asked : [tokens.Issuer];
        return tokens.Check(token, audiences) is { } found
            ? new() { Authenticated = true, User = found.User, Audiences = found.Audiences }
            : new() { Authenticated = false, Error = "the token is invalid, has expired, or is not for the audiences asked for" };
    }

    private SubjectAccessReviewStatus Review(SubjectAccessReviewSpec? spec)
    {
        if (spec is null || (string.IsNullOrEmpty(spec.User) && spec.Groups is not { Count: > 0 }))
            throw ApiErrors.Invalid("authorization.k8s.io", "SubjectAccessReview", "", [FieldError.Required("spec.user", "at least one of user or group must be specified")]);

        var user = new UserInfo { Username = spec.User ?? "", Uid = spec.Uid, Groups = spec.Groups ?? [], Extra = spec.Extra };
        return Decide(user, spec.ResourceAttributes, spec.NonResourceAttributes, "SubjectAccessReview");
    }

    private SubjectAccessReviewStatus ReviewLocal(SubjectAccessReviewSpec? spec, string ns)
    {
        if (spec?.ResourceAttributes?.Namespace != ns)
            throw ApiErrors.Invalid("authorization.k8s.io", "LocalSubjectAccessReview", "",
                [FieldError.Invalid("spec.resourceAttributes.namespace", spec?.ResourceAttributes?.Namespace, "must match metadata.namespace")]);
        return Review(spec);
    }

    private SubjectAccessReviewStatus Decide(UserInfo user, ResourceAttributes? resource, NonResourceAttributes? path, string kind)
    {
        if (resource is null == path is null)
        {
            throw ApiErrors.Invalid("authorization.k8s.io", kind, "", [FieldError.Invalid("spec.resourceAttributes", null,
                "exactly one of nonResourceAttributes or resourceAttributes must be specified")]);
        }

        var decision = authorizer.Authorize(user, resource is null ? Info(path!) : Info(resource));
        return new() { Allowed = decision.Allowed, Reason = decision.Reason.Length == 0 ? null : decision.Reason };
    }

    private static RequestInfo Info(NonResourceAttributes path) => new() { IsResourceRequest = false, Path = path.Path ?? "", Verb = path.Verb ?? "" };

    private static RequestInfo Info(ResourceAttributes resource) => new()
    {
        IsResourceRequest = true,
        Path = "",
        Verb = resource.Verb ?? "",
        Group = resource.Group ?? "",
        Version = resource.Version ?? "",
        Namespace = resource.Namespace ?? "",
        Resource = resource.Resource ?? "",
        Subresource = resource.Subresource ?? "",
        Name = resource.Name ?? "",
    };

    private SubjectRulesReviewStatus RulesOf(UserInfo user, string? ns)
    {
        if (string.IsNullOrEmpty(ns))
            throw ApiErrors.BadRequest("no namespace on request");
        var rules = rbac.RulesOf(user, ns);
        var isMaster = user.Groups?.Contains(AuthorizerChain.Masters) == true;
        return new()
        {
            Incomplete = false,
            ResourceRules =
            [
                .. rules.Where(r => r.Resources is { Count: > 0 }).Select(r => new ResourceRule
                {
                    Verbs = r.Verbs, ApiGroups = r.ApiGroups, Resources = r.Resources, ResourceNames = r.ResourceNames,
                }),
                .. isMaster ? [new ResourceRule { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"] }] : Array.Empty<ResourceRule>(),
            ],
            NonResourceRules = [.. rules.Where(r => r.NonResourceURLs is { Count: > 0 }).Select(r => new NonResourceRule { Verbs = r.Verbs, NonResourceURLs = r.NonResourceURLs })],
        };
    }
}
