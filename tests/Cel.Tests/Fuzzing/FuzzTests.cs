using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Platform.Cel.Tests.Fuzzing;

/// <summary>
/// Random expressions, random words and damaged examples go through lexer, parser, checker, cost estimation and evaluation: nothing may crash, take long or
/// grow without bound. Seeded, so that a failure can be repeated.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Inputs = 3_000;
    private const ulong Limit = 200_000;

    /// <summary>Longest one input may take, with room for a busy machine and for first-time compilation.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly CelEnvironment Environment = CelEnvironment.Kubernetes
        .WithVariable("self", CelType.Dyn).WithVariable("list", CelType.List(CelType.Int)).WithVariable("map", CelType.Map(CelType.String, CelType.Dyn));

    private static readonly JsonNode Document = JsonNode.Parse("""{"a":1,"b":"text","c":[1,2.5,"x",null,{"d":true}],"e":{"f-g":"1Gi","t":"2024-01-01T00:00:00Z"}}""")!;

    private static readonly string[] Words =
    [
        "self", "list", "map", "1", "-1", "2u", "1.5", "'a'", "\"b\"", "b'c'", "true", "false", "null", "[", "]", "{", "}", "(", ")", ".", ",", ":", "?", "+", "-", "*", "/", "%",
        "==", "!=", "<", "<=", ">", ">=", "&&", "||", "!", "in", "x", "a", "e", "has(", "all(", "map(", "filter(", "exists(", "exists_one(", "size(", "matches(", "split(",
        "replace(", "format(", "optMap(", ".?", "[?", "optional.of(", "duration(", "timestamp(", "ip(", "cidr(", "url(", "sets.contains(", "dyn(", "string(", "int(", "type(",
        "r'\\d'", "'''", "\\u00e9", "😀", "9223372036854775807", "0x", "1e400", "//", "\n", "@", "$",
    ];

    [Fact]
    public void Random_words_are_taken_or_refused()
    {
        var random = new Random(1);
        Run("random words", Inputs, () =>
        {
            var text = new StringBuilder();
            for (var i = random.Next(1, 30); i > 0; i--)
                text.Append(Words[random.Next(Words.Length)]).Append(random.Next(3) == 0 ? " " : "");
            return text.ToString();
        });
    }

    [Fact]
    public void Damaged_examples_are_taken_or_refused()
    {
        var random = new Random(2);
        string[] examples =
        [
            .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Cases"), "*.txt").Order(StringComparer.Ordinal).SelectMany(File.ReadAllLines)
                .Where(l => l.Contains(" => ", StringComparison.Ordinal)).Select(l => l[..l.LastIndexOf(" => ", StringComparison.Ordinal)]),
        ];
        Run("damaged examples", Inputs, () =>
        {
            var text = new StringBuilder(examples[random.Next(examples.Length)]);
            for (var i = random.Next(1, 4); i > 0 && text.Length > 1; i--)
                Damage(text, random, examples);
            return text.ToString();
        });
    }

    [Fact]
    public void Well_formed_random_expressions_are_evaluated_within_their_limit()
    {
        var random = new Random(3);
        Run("well-formed expressions", Inputs, () => Make(random, 5));
    }

    [Theory]
    [InlineData("(", ")", "1")]
    [InlineData("[", "]", "1")]
    [InlineData("!", "", "true")]
    [InlineData("-(", ")", "1")]
    [InlineData("{'a':", "}", "1")]
    [InlineData("true ? 1 : ", "", "1")]
    [InlineData("[1].all(x, ", ")", "true")]
    public void Deep_nesting_is_refused_rather_than_followed(string open, string close, string core)
    {
        var text = string.Concat(Enumerable.Repeat(open, 5_000)) + core + string.Concat(Enumerable.Repeat(close, 5_000));
        if (open != "!")
            CelProgram.Compile(text, Environment).Error.ShouldContain("expression recursion limit exceeded");
        else
            CelProgram.Compile(text, Environment).Program.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("1", " + 1")]
    [InlineData("self", ".a")]
    [InlineData("self", "[0]")]
    [InlineData("optional.of(1)", ".optMap(x, x + 1)")]
    [InlineData("[1]", ".map(a, {a: a})")]
    [InlineData("[1]", ".map(a, [a, a])")]
    public void Long_chains_are_refused_or_compiled_in_bounded_time(string start, string link)
    {
        foreach (var count in new[] { 15, 60, 300, 20_000 })
            Examine(start + string.Concat(Enumerable.Repeat(link, count)));
    }

    [Theory]
    [InlineData("'a'.matches('(a{1000}){1000}')")]
    [InlineData("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'.matches('(a+)+$')")]
    [InlineData("[0,1,2,3,4,5,6,7,8,9].map(a, [0,1,2,3,4,5,6,7,8,9].map(b, [0,1,2,3,4,5,6,7,8,9].map(c, [0,1,2,3,4,5,6,7,8,9].map(d, [0,1,2,3,4,5,6,7,8,9].map(e, 'x')))))")]
    [InlineData("'%s'.format([[1].map(a, [a, a]).map(a, [a, a]).map(a, [a, a])])")]
    public void Costly_work_ends_at_the_limit(string text) => Examine(text);

    private void Run(string name, int inputs, Func<string> make)
    {
        var (compiled, evaluated) = (0, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < inputs; i++)
        {
            var (isProgram, hasValue) = Examine(make());
            compiled += isProgram ? 1 : 0;
            evaluated += hasValue ? 1 : 0;
        }
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / inputs;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}: {inputs} inputs, {compiled} compiled, {evaluated} gave a value; {allocated} bytes allocated per input"));
        allocated.ShouldBeLessThan(4 * 1024 * 1024);
    }

    private static (bool Compiled, bool Evaluated) Examine(string text)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            var compiled = CelProgram.Compile(text, Environment);
            _ = compiled.Error;
            if (compiled.Program is not { } program)
                return (false, false);
            var result = program.Evaluate(Variable, Limit);
            (result.Value is null).ShouldBe(result.Error is not null, text);
            return (true, result.Value is not null);
        }
        catch (Exception e) when (e is not ShouldAssertException)
        {
            throw new InvalidOperationException("failed on: " + (text.Length > 500 ? text[..500] : text), e);
        }
        finally
        {
            watch.Elapsed.ShouldBeLessThan(Longest, text.Length > 500 ? text[..500] : text);
        }
    }

    private static CelValue? Variable(string name) => name switch
    {
        "self" or "map" => CelValue.From(Document),
        "list" => CelValue.From(new JsonArray(3, 1, 2), CelType.List(CelType.Int)),
        _ => null,
    };

    private static void Damage(StringBuilder text, Random random, string[] examples)
    {
        var at = random.Next(text.Length);
        switch (random.Next(4))
        {
            case 0:
                text.Remove(at, random.Next(1, Math.Min(5, text.Length - at) + 1));
                break;
            case 1:
                text.Insert(at, Words[random.Next(Words.Length)]);
                break;
            case 2:
                text[at] = (char)random.Next(32, 127);
                break;
            default:
                var other = examples[random.Next(examples.Length)];
                text.Insert(at, other.AsSpan(random.Next(other.Length)));
                break;
        }
    }

    private static string Make(Random random, int depth)
    {
        if (depth == 0)
            return Words[random.Next(13)];
        string Next() => Make(random, depth - 1);
        return random.Next(16) switch
        {
            0 => $"({Next()} + {Next()})",
            1 => $"({Next()} == {Next()})",
            2 => $"(dyn({Next()}) < dyn({Next()}))",
            3 => $"(dyn({Next()}) && dyn({Next()}))",
            4 => $"(dyn({Next()}) ? dyn({Next()}) : dyn({Next()}))",
            5 => $"[dyn({Next()}), {Next()}]",
            6 => $"{{'k': dyn({Next()}), 'l': {Next()}}}",
            7 => $"dyn({Next()}).map(x, {Next()})",
            8 => $"dyn({Next()}).filter(x, dyn({Next()}))",
            9 => $"dyn({Next()}).exists(x, dyn(x) == dyn({Next()}))",
            10 => $"string(dyn({Next()}))",
            11 => $"size(dyn({Next()}))",
            12 => $"dyn({Next()})[dyn({Next()})]",
            13 => $"dyn({Next()}).?a.orValue({Next()})",
            14 => $"'%s %d'.format([dyn({Next()}), {Next()}])",
            _ => $"(dyn({Next()}) in dyn({Next()}))",
        };
    }
}
