using Platform.Cel.Checking;
using Platform.Cel.Costs;
using Platform.Cel.Evaluation;
using Platform.Cel.Parsing;

namespace Platform.Cel;

/// <summary>A compiled expression. It can be evaluated from several threads at once.</summary>
public sealed class CelProgram
{
    private readonly Expr _root;
    private readonly int _slots;

    private CelProgram(string text, Expr root, Checker checker)
    {
        Text = text;
        _root = root;
        _slots = checker.Slots;
        ResultType = root.Type;
        Variables = checker.Variables;
        EstimatedCost = new CostEstimation().Of(root);
    }

    /// <summary>The expression as written.</summary>
    public string Text { get; }

    /// <summary>Type of what it evaluates to.</summary>
    public CelType ResultType { get; }

    /// <summary>Variables of the environment that it uses.</summary>
    public IReadOnlySet<string> Variables { get; }

    /// <summary>What an evaluation can cost at least and at most, given how large the schema lets values be.</summary>
    public CelCost EstimatedCost { get; }

    /// <summary>Parses and checks an expression.</summary>
    public static CelCompilation Compile(string text, CelEnvironment environment)
    {
        var issues = new IssueList(text);
        if (Parser.Parse(text, issues) is not { } root)
            return new(null, text, issues.Issues);
        var checker = new Checker(environment, issues);
        checker.Check(root);
        if (issues.Count == 0)
            LiteralValidation.Check(root, issues);
        return new(issues.Count == 0 ? new CelProgram(text, root, checker) : null, text, issues.Issues);
    }

    /// <summary>Evaluates the expression.</summary>
    /// <param name="variables">Gives the value of a variable when it is first needed; null where it has none.</param>
    /// <param name="costLimit">Most that the evaluation may cost (<see cref="CelLimits"/>).</param>
    /// <param name="cancellation">Ends the evaluation with <see cref="OperationCanceledException"/>.</param>
    public CelResult Evaluate(Func<string, CelValue?> variables, ulong costLimit = CelLimits.PerCall, CancellationToken cancellation = default)
    {
        var evaluator = new Evaluator(variables, _slots, costLimit, cancellation);
        return evaluator.Run(_root);
    }
}
