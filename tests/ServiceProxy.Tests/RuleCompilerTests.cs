using Platform.ServiceProxy.Nftables;
using Platform.ServiceProxy.Rules;

namespace Platform.ServiceProxy.Tests;

public sealed class RuleCompilerTests
{
    public static TheoryData<string> Cases => [.. GoldenCases.Names()];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Services_compile_to_the_expected_rules(string name)
    {
        // The fixed part of the table is the same for all; what is recorded is what the input adds to it.
        var script = NftScript.Difference(GoldenCases.Settings.Table, RuleSet.Empty, GoldenCases.Compile(name));
        var expected = Path.Combine(GoldenCases.Folder(name), "expected.nft");
        if (GoldenCases.Record)
            await File.WriteAllTextAsync(expected, script);
        script.ShouldBe(await File.ReadAllTextAsync(expected));
    }

    [Fact]
    public void Compiling_the_same_twice_makes_no_difference()
    {
        foreach (var name in GoldenCases.Names())
            NftScript.Difference("platform-test", GoldenCases.Compile(name), GoldenCases.Compile(name)).ShouldBeEmpty();
    }

    [Fact]
    public void One_more_endpoint_changes_one_chain_and_nothing_else()
    {
        var (services, slices) = GoldenCases.Read(File.ReadAllText(Path.Combine(GoldenCases.Folder("cluster-ip"), "input.yaml")));
        var before = RuleCompiler.Compile(services, slices, GoldenCases.Settings);
        var added = slices[1] with { Endpoints = [.. slices[1].Endpoints!, new() { Addresses = ["10.64.0.7"] }] };
        var lines = NftScript.Difference("t", before, RuleCompiler.Compile(services, [slices[0], added], GoldenCases.Settings))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Where(line => line.StartsWith("add chain", StringComparison.Ordinal)).Count().ShouldBe(1);
        lines.Where(line => line.StartsWith("flush chain", StringComparison.Ordinal)).Count().ShouldBe(1);
        lines.Where(line => line.Contains("element", StringComparison.Ordinal)).ShouldBe(["add element ip t hairpins { 10.64.0.7 . 10.64.0.7 }"]);
    }
}
