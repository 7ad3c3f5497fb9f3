using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Platform.Api.Core.V1;
using Platform.Api.Json;
using Platform.Api.Protobuf;
using Platform.Api.Schema;
using Platform.Api.Selectors;
using Platform.Api.Tests.Protobuf;

namespace Platform.Api.Tests;

/// <summary>What nobody would send: every decoder reads it or refuses it with its own exception, in bounded time and memory.</summary>
public sealed class DecoderFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;
    private const int Inputs = 20_000;

    /// <summary>Inputs made from whole objects, which are large.</summary>
    private const int LargeInputs = 1_500;

    private const long MostBytesPerInput = 256 * 1024 * 1024;
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(10);

    private static readonly byte[] Pod = Encoding.UTF8.GetBytes(SampleJson.Of(typeof(Pod), "v1", "Pod").ToJsonString());

    private static readonly byte[] Definition = Encoding.UTF8.GetBytes(
        SampleJson.Of(typeof(ApiExtensions.V1.CustomResourceDefinition), "apiextensions.k8s.io/v1", "CustomResourceDefinition").ToJsonString());

    [Fact]
    public void Json_is_read_or_refused()
    {
        var schema = TypeSchema.Of(typeof(Pod));
        Run<JsonException>("strict JSON", random => Mutate(random, random.Next(2) == 0 ? Pod : "{\"spec\":{\"a\":[{\"b\":1}]},\"metadata\":{}}"u8.ToArray()), input =>
        {
            StrictJson.Check(input, schema);
            ApiJson.Decode<Pod>(input);
        }, LargeInputs);
    }

    [Fact]
    public void Protobuf_is_read_or_refused()
    {
        var samples = new[] { Encode(Pod), Encode(Definition) };
        Run<JsonException>("protobuf", random => Mutate(random, samples[random.Next(2)], keep: 4), input => ProtobufJson.ToJson(input), LargeInputs);
    }

    [Fact]
    public void Protobuf_is_made_of_any_json_or_refused() =>
        Run<JsonException>("JSON to protobuf", random => Mutate(random, random.Next(2) == 0 ? Pod : Definition), input =>
            JsonProtobuf.TryWrite(input, new ProtobufBuffer()), LargeInputs);

    [Fact]
    public void Yaml_is_read_or_refused()
    {
        var pieces = new[]
        {
            "a", "b: ", "- ", "\n", "\n  ", "\n    ", "&a ", "*a", "<<: ", "[", "]", "{", "}", ", ", "? ", ": ", "|\n", ">-\n", "'", "\"", "#", "---\n", "...\n", "!!int ", "!x ",
            "0x1f", "1_0", "~", "yes", ".inf", "%YAML 1.1\n", "\t", "\u0000", "\\", "é",
        };
        Run<JsonException>("YAML", random => Pieces(random, pieces, 60), input => YamlJson.ToJson(input));
    }

    [Fact]
    public void Aliases_do_not_expand_without_end()
    {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 30; i++)
            bomb.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        var merges = new StringBuilder("m0: &m0 {k: v}\n");
        for (var i = 1; i < 30; i++)
            merges.Append(CultureInfo.InvariantCulture, $"m{i}: &m{i}\n  <<: [{string.Join(',', Enumerable.Repeat($"*m{i - 1}", 10))}]\n");
        foreach (var text in new[] { bomb.ToString(), merges.ToString(), "a: &a\n  b: *a\n", "a: &a\n  <<: *a\n", new string('[', 100_000), new string('{', 100_000) })
        {
            var watch = Stopwatch.StartNew();
            Should.Throw<JsonException>(() => YamlJson.ToJson(Encoding.UTF8.GetBytes(text)));
            watch.Elapsed.ShouldBeLessThan(Slowest);
        }
    }

    [Fact]
    public void Label_selectors_are_read_or_refused()
    {
        var pieces = new[] { "a", "example.com/b", "=", "==", "!=", "!", " in ", " notin ", "(", ")", ",", ">", "<", "1", " ", "-", "_", ".", "é", "\0", new string('x', 64) };
        Run<SelectorSyntaxException>("label selector", random => Pieces(random, pieces, 12), input =>
        {
            var text = Encoding.UTF8.GetString(input);
            var selector = Selector.Parse(text);
            Selector.Parse(selector.ToString()).ToString().ShouldBe(selector.ToString());
        });
    }

    [Fact]
    public void Field_selectors_are_read_or_refused()
    {
        var pieces = new[] { "metadata.name", "a", "=", "==", "!=", ",", "\\", "\\,", "\\=", " ", "é" };
        Run<SelectorSyntaxException>("field selector", random => Pieces(random, pieces, 12), input =>
        {
            var selector = FieldSelector.Parse(Encoding.UTF8.GetString(input));
            FieldSelector.Parse(selector.ToString()).ToString().ShouldBe(selector.ToString());
        });
    }

    [Fact]
    public void Quantities_are_read_or_refused()
    {
        var pieces = new[] { "0", "1", "9", "999999999999999999999", ".", "-", "+", "e", "E", "i", "K", "k", "M", "Gi", "Ei", "m", "u", "n", " ", "é", new string('7', 300) };
        Run<FormatException>("quantity", random => Pieces(random, pieces, 5), input =>
        {
            var value = Quantity.Parse(Encoding.UTF8.GetString(input));
            Quantity.Parse(value.ToString()).ShouldBe(value);
        });
    }

    private static byte[] Encode(byte[] json)
    {
        var buffer = new ProtobufBuffer();
        JsonProtobuf.TryWrite(json, buffer).ShouldBeTrue();
        return buffer.Written.ToArray();
    }

    private static byte[] Pieces(Random random, string[] pieces, int most) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(most + 1)).Select(_ => pieces[random.Next(pieces.Length)])));

    /// <summary>Changes bytes, cuts pieces out, doubles some: what is left resembles the original enough to come far into the decoder.</summary>
    private static byte[] Mutate(Random random, byte[] original, int keep = 0)
    {
        var bytes = original.ToList();
        for (var changes = random.Next(1, 6); changes > 0 && bytes.Count > keep + 1; changes--)
        {
            var at = random.Next(keep, bytes.Count);
            var length = Math.Min(bytes.Count - at, random.Next(1, 40));
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes[at] = bytes[random.Next(keep, bytes.Count)];
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(100) == 0 ? bytes.Count - at : 1);
                    break;
            }
        }

        return [.. bytes];
    }

    private void Run<TFailure>(string what, Func<Random, byte[]> make, Action<byte[]> decode, int inputs = Inputs)
        where TFailure : Exception
    {
        var random = new Random(Seed);
        var (read, refused) = (0, 0);
        for (var i = 0; i < inputs; i++)
        {
            var input = make(random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            try
            {
                decode(input);
                read++;
            }
            catch (TFailure)
            {
                refused++;
            }
            catch (Exception e) when (e is not ShouldAssertException)
            {
                throw new InvalidOperationException($"{what}, input {i}: {Convert.ToBase64String(input.AsSpan(0, Math.Min(input.Length, 2000)))}", e);
            }

            watch.Elapsed.ShouldBeLessThan(Slowest);
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MostBytesPerInput);
        }

        read.ShouldBeGreaterThan(0);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {inputs} inputs, seed {Seed}: {read} read, {refused} refused"));
    }
}
