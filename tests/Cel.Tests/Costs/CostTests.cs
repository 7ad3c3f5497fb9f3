using System.Text.Json.Nodes;

namespace Platform.Cel.Tests.Costs;

/// <summary>Costs as cel-go and Kubernetes count them (checker/cost.go, interpreter/runtimecost.go, library/cost.go of 1.32).</summary>
public sealed class CostTests
{
    private static readonly CelEnvironment Environment = CelEnvironment.Kubernetes
        .WithVariable("self", CelType.Object("object", () =>
        [
            new("text", CelType.String.WithSize(100, 2)), new("free", CelType.String), new("count", CelType.Int),
            new("items", CelType.List(CelType.String.WithSize(20, 2)).WithSize(10, 2)),
        ]));

    [Theory]
    [InlineData("1 + 2", 1, 1)]
    [InlineData("self.count > 5", 3, 3)]
    [InlineData("self.text == 'abc'", 3, 3)]
    [InlineData("self.text.startsWith('ab')", 3, 3)]
    [InlineData("self.text.contains('ab')", 2, 12)]
    [InlineData("self.text.matches('[a-z]+')", 4, 24)]
    [InlineData("has(self.text)", 1, 1)]
    [InlineData("self.items.all(i, i == 'x')", 3, 53)]
    [InlineData("true || self.text.contains('ab')", 0, 12)]
    [InlineData("'a' in self.items", 2, 12)]
    [InlineData("self.free == 'abc'", 3, 3)]
    [InlineData("self == self", 2, 2)]
    [InlineData("type(self.free) == string", 4, 4)]
    public void Estimate_follows_the_sizes_that_the_schema_allows(string text, ulong min, ulong max) =>
        CelProgram.Compile(text, Environment).Program!.EstimatedCost.ShouldBe(new CelCost(min, max), text);

    [Fact]
    public void Estimate_without_a_bound_is_the_largest_number() =>
        CelProgram.Compile("self.free.contains(self.free)", Environment).Program!.EstimatedCost.Max.ShouldBe(ulong.MaxValue);

    [Fact]
    public void Evaluation_ends_when_it_has_cost_too_much()
    {
        var program = CelProgram.Compile("[1, 2, 3].all(x, [1, 2, 3].all(y, x + y > 0))", Environment).Program!;
        var cost = program.Evaluate(_ => null).Cost;
        program.Evaluate(_ => null, cost).IsTrue.ShouldBeTrue();
        var ended = program.Evaluate(_ => null, cost - 1);
        ended.ExceededCost.ShouldBeTrue();
        ended.Error.ShouldBe("operation cancelled: actual cost limit exceeded");
    }

    [Fact]
    public void Evaluation_never_costs_more_than_estimated()
    {
        var self = CelValue.From(JsonNode.Parse("""{"text":"some text","count":7,"items":["a","b","c"]}""")!, Environment.FindVariable("self")!);
        foreach (var text in new[]
        {
            "self.count > 5", "self.text == 'abc'", "self.text.contains('ex')", "self.text.matches('^[a-z ]+$')", "self.items.all(i, i.size() < 3)",
            "self.items.map(i, i + self.text).exists(t, t.endsWith('text'))", "self.items.filter(i, i > 'a').size() == 2", "self.items.join(',').split(',').size() == 3",
            "self.text.replace('e', 'xx').lowerAscii() != ''", "'b' in self.items && !(self.count in [1, 2])", "self.items.isSorted() ? self.count == 7 : false",
        })
        {
            var program = CelProgram.Compile(text, Environment).Program.ShouldNotBeNull(text);
            var result = program.Evaluate(_ => self);
            result.Error.ShouldBeNull(text);
            result.Cost.ShouldBeLessThanOrEqualTo(program.EstimatedCost.Max, text);
        }
    }

    [Fact]
    public void Cancellation_ends_an_evaluation()
    {
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        var numbers = string.Join(", ", Enumerable.Range(0, 200));
        var program = CelProgram.Compile($"[{numbers}].all(x, x >= 0)", Environment).Program!;
        Should.Throw<OperationCanceledException>(() => program.Evaluate(_ => null, CelLimits.PerCall, ended.Token));
    }
}
