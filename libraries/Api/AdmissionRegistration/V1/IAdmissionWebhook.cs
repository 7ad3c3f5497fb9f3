using Platform.Api.Meta.V1;

namespace Platform.Api.AdmissionRegistration.V1;

/// <summary>What webhooks of both kinds declare.</summary>
public interface IAdmissionWebhook
{
    /// <summary>Name, fully qualified.</summary>
    string? Name { get; }

    /// <summary>Where it is reached.</summary>
    WebhookClientConfig? ClientConfig { get; }

    /// <summary>Which requests it concerns.</summary>
    IReadOnlyList<RuleWithOperations>? Rules { get; }

    /// <summary><c>Fail</c> or <c>Ignore</c>: what becomes of the request where it cannot be asked.</summary>
    string? FailurePolicy { get; }

    /// <summary><c>Equivalent</c> or <c>Exact</c>: whether rules mean other versions of a kind as well.</summary>
    string? MatchPolicy { get; }

    /// <summary>Which namespaces it concerns.</summary>
    LabelSelector? NamespaceSelector { get; }

    /// <summary>Which objects it concerns.</summary>
    LabelSelector? ObjectSelector { get; }

    /// <summary>Whether it may be asked in a rehearsal.</summary>
    string? SideEffects { get; }

    /// <summary>How long it has, in seconds.</summary>
    int? TimeoutSeconds { get; }

    /// <summary>Versions of AdmissionReview that it knows, the best first.</summary>
    IReadOnlyList<string>? AdmissionReviewVersions { get; }

    /// <summary>Conditions that must all hold for it to be asked.</summary>
    IReadOnlyList<MatchCondition>? MatchConditions { get; }
}
