using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Schema;
using Platform.ApiServer.Patching;

namespace Platform.ApiServer.Tests.Patching;

/// <summary>Patches that nobody would write: the answer is a document or the typed failure, in bounded time and memory.</summary>
public sealed class PatchFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;
    private const int Inputs = 20_000;
    private const long MostBytesPerInput = 64 * 1024 * 1024;
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(10);
    private static readonly TypeSchema Schema = TypeSchema.Of(typeof(Pod));

    private static readonly string[] Names =
    [
        "metadata", "spec", "labels", "containers", "name", "ports", "containerPort", "finalizers", "args", "volumes", "$patch", "$retainKeys",
        "$setElementOrder/containers", "$setElementOrder/finalizers", "$deleteFromPrimitiveList/finalizers", "$setElementOrder/", "$deleteFromPrimitiveList/x",
        "op", "path", "from", "value", "", "~", "0",
    ];

    private static readonly string[] Texts =
    [
        "replace", "delete", "merge", "add", "remove", "move", "copy", "test",
        "/", "/spec", "/spec/containers/0", "/spec/-", "", "x", "\\ud800", "~2",
    ];

    [Theory]
    [InlineData(PatchType.Json)]
    [InlineData(PatchType.Merge)]
    [InlineData(PatchType.Strategic)]
    public void Patch_is_applied_or_refused(string type)
    {
        var random = new Random(Seed);
        var watch = new Stopwatch();
        var (applied, refused) = (0, 0);
        for (var i = 0; i < Inputs; i++)
        {
            var current = Encoding.UTF8.GetBytes(Text(random, 0, 0).Replace("\\ud800", "u", StringComparison.Ordinal));
            var patch = Encoding.UTF8.GetBytes(type == PatchType.Json && random.Next(10) > 0 ? Operations(random) : Text(random, 0, random.Next(20) == 0 ? -1 : 0));
            if (random.Next(10) == 0 && patch.Length > 0)
                patch[random.Next(patch.Length)] = (byte)random.Next(256);
            var before = GC.GetAllocatedBytesForCurrentThread();
            watch.Restart();
            try
            {
                JsonTree.Parse(PatchType.Apply(type, current, patch, Schema).Span);
                applied++;
            }
            catch (ApiException)
            {
                refused++;
            }

            watch.Elapsed.ShouldBeLessThan(Slowest);
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MostBytesPerInput);
        }

        applied.ShouldBeGreaterThan(Inputs / 100);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{type}: {Inputs} inputs, seed {Seed}: {applied} applied, {refused} refused"));
    }

    private static string Operations(Random random)
    {
        var items = Enumerable.Range(0, random.Next(4)).Select(_ =>
            $$"""{"op":"{{Pick(random, ["add", "remove", "replace", "move", "copy", "test"])}}","path":"{{Pick(random, Texts)}}","from":""" +
            $$""" "{{Pick(random, Texts)}}","value":{{Text(random, 4, -1)}}}""");
        return "[" + string.Join(",", items) + "]";
    }

    private static string Pick(Random random, string[] of) => of[random.Next(of.Length)];

    private static string Text(Random random, int depth, int kind)
    {
        if (kind < 0)
            kind = random.Next(depth > 6 ? 5 : 9);
        return kind switch
        {
            0 or 5 or 6 => "{" + string.Join(",", Enumerable.Range(0, random.Next(5)).Select(_ => $"\"{Pick(random, Names)}\":{Text(random, depth + 1, -1)}")) + "}",
            7 or 8 => "[" + string.Join(",", Enumerable.Range(0, random.Next(4)).Select(_ => Text(random, depth + 1, -1))) + "]",
            1 => "null",
            2 => "1.0",
            3 => $"\"{Pick(random, Texts)}\"",
            _ => "false",
        };
    }
}
