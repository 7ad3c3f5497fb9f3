using Platform.Cel;

namespace Platform.ApiServer.Expressions;

/// <summary>
/// An expression of an object of the API: its text, and its program or why there is none. What was accepted once stays stored although it may not compile any more, so
/// that a failure to compile is found when the expression is used as well.
/// </summary>
internal sealed class Expression
{
    private Expression(string text, CelProgram? program, string? error) => (Text, Program, Error) = (text, program, error);

    public string Text { get; }

    public CelProgram? Program { get; }

    /// <summary>Why it cannot be used, in upstream's words; null where it can.</summary>
    public string? Error { get; }

    /// <summary>Compiles an expression that must give one of some types; of any type where none is named.</summary>
    public static Expression Compile(string? text, CelEnvironment environment, params CelType[] results)
    {
        var compiled = CelProgram.Compile(text ?? "", environment);
        if (compiled.Program is not { } program)
            return new(text ?? "", null, "compilation failed: " + compiled.Error);
        if (results.Length == 0 || Array.Exists(results, r => r.IsSame(program.ResultType)))
            return new(program.Text, program, null);
        var wanted = results.Length == 1 ? results[0].ToString() : $"one of [{string.Join(' ', (object[])results)}]";
        return new(program.Text, null, $"must evaluate to {wanted} but got {program.ResultType}");
    }

    /// <summary>Evaluates within a budget, from which the cost is taken.</summary>
    /// <returns>The value, or the failure in upstream's words.</returns>
    public (CelValue? Value, string? Error) Evaluate(Func<string, CelValue?> variables, CostBudget budget, CancellationToken cancellationToken)
    {
        if (Program is null)
            return (null, "compilation error: " + Error);
        if (budget.IsSpent)
            return (null, CelLimits.OutOfBudgetMessage);
        var result = Program.Evaluate(variables, CelLimits.PerCall, cancellationToken);
        budget.Spend(result.Cost);
        if (budget.IsSpent)
            return (null, CelLimits.OutOfBudgetMessage);
        return result.Error is null ? (result.Value, null) : (null, $"expression '{Text}' resulted in error: {result.Error}");
    }
}
