namespace Platform.Cel;

/// <summary>Kubernetes' bounds of what expressions may cost. One unit is roughly 50 ns of work.</summary>
public static class CelLimits
{
    /// <summary>Most that one evaluation may cost.</summary>
    public const ulong PerCall = 1_000_000;

    /// <summary>Most that all evaluations for one custom resource, or one binding of a policy, may cost together.</summary>
    public const ulong RuntimeBudget = 10_000_000;

    /// <summary>Most that all match conditions of a webhook or a policy may cost together: a quarter of the budget.</summary>
    public const ulong MatchConditionsBudget = RuntimeBudget / 4;

    /// <summary>Most that one rule of a schema may be estimated to cost, counting how often it can be evaluated.</summary>
    public const ulong StaticRule = 10_000_000;

    /// <summary>Most that all rules of a schema may be estimated to cost together.</summary>
    public const ulong StaticSchema = 100_000_000;

    /// <summary>Largest request in bytes that sizes are estimated for.</summary>
    public const long MaximumRequestBytes = 3 * 1024 * 1024;

    /// <summary>Longest message in bytes that an expression may make.</summary>
    public const int MaximumMessageBytes = 5 * 1024;

    /// <summary>Words with which an evaluation ends that has cost too much.</summary>
    public const string ExceededMessage = "operation cancelled: actual cost limit exceeded";

    /// <summary>Words with which Kubernetes refuses an object whose evaluations have cost too much together.</summary>
    public const string OutOfBudgetMessage = "validation failed due to running out of cost budget, no further validation rules will be run";
}
