using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Platform.Api.Json;

/// <summary>
/// YAML to JSON, as sigs.k8s.io/yaml does it: plain scalars become booleans (yes, no, on, off among them), numbers (octal and underscores too)
/// or null by their text, quoted ones stay strings, keys become strings, merge keys are followed. Only the first document is read. Aliases are
/// expanded, and the expansion is bounded, since a few lines can name billions of values.
/// </summary>
public static class YamlJson
{
    /// <summary>Most values that a document may have after its aliases are expanded.</summary>
    public const int MostValues = 1_000_000;

    /// <summary>Most events that are passed over, which merge keys can make many of without writing anything.</summary>
    private const int MostSteps = 50_000_000;

    /// <summary>What is said of a document that is nested too deeply.</summary>
    private static readonly string TooDeep = string.Create(CultureInfo.InvariantCulture, $"yaml: {JsonDepth.Exceeded} of {JsonDepth.Object}");

    /// <summary>Converts the first document; an empty one becomes <c>null</c>.</summary>
    /// <exception cref="JsonException">The text is not YAML, or too much of it.</exception>
    public static byte[] ToJson(ReadOnlySpan<byte> yaml)
    {
        var events = new List<ParsingEvent>();
        var depth = 0;
        try
        {
            var parser = new Parser(new StringReader(Encoding.UTF8.GetString(yaml)));
            while (parser.MoveNext() && parser.Current is not DocumentEnd)
            {
                if (parser.Current is StreamStart or StreamEnd or DocumentStart or Comment)
                    continue;
                events.Add(parser.Current!);
                // The scanner takes time that grows with the square of the nesting, so it is stopped on the way.
                depth += parser.Current!.NestingIncrease;
                if (depth > JsonDepth.Object)
                    throw new DocumentException(TooDeep);
            }
        }
        catch (InvalidOperationException)
        {
            // The scanner gives up on some unfinished flow collections in this way instead of with an exception of its own.
            throw new DocumentException("yaml: did not find expected ',' or ']' or '}'");
        }
        catch (YamlException exception)
        {
            throw new DocumentException(YamlFault.Describe(exception));
        }

        var output = new ArrayBufferWriter<byte>(Math.Max(16, yaml.Length));
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true, MaxDepth = JsonDepth.Enclosed }))
            new Conversion(events, writer).Run();
        return output.WrittenSpan.ToArray();
    }

    private sealed class Conversion(List<ParsingEvent> events, Utf8JsonWriter writer)
    {
        private readonly Dictionary<AnchorName, int> _anchors = [];
        private int _values;
        private int _steps;
        private int _depth;

        public void Run()
        {
            if (events.Count == 0)
                writer.WriteNullValue();
            else
                Value(0);
        }

        // The scanner lets some broken documents end within a value.
        private ParsingEvent At(int index) => index < events.Count ? events[index] : throw new DocumentException("yaml: did not find expected node content");

        /// <summary>Writes the value that starts at an event; answers the index behind it.</summary>
        private int Value(int at)
        {
            if (++_values > MostValues)
                throw new DocumentException("yaml: document contains excessive aliasing");
            if (_depth > JsonDepth.Object)
                throw new DocumentException(TooDeep);
            if (At(at) is NodeEvent { Anchor.IsEmpty: false } anchored)
                _anchors[anchored.Anchor] = at;
            switch (At(at))
            {
                case AnchorAlias alias:
                    _depth++;
                    Value(Target(alias));
                    _depth--;
                    return at + 1;
                case Scalar scalar:
                    YamlScalar.Write(writer, scalar);
                    return at + 1;
                case SequenceStart:
                    _depth++;
                    writer.WriteStartArray();
                    at++;
                    while (At(at) is not SequenceEnd)
                        at = Value(at);
                    writer.WriteEndArray();
                    _depth--;
                    return at + 1;
                case MappingStart:
                    _depth++;
                    writer.WriteStartObject();
                    at = Members(at + 1, Keys(at + 1));
                    writer.WriteEndObject();
                    _depth--;
                    return at + 1;
                default:
                    throw new DocumentException("yaml: unexpected content");
            }
        }

        /// <summary>Writes the members of a mapping whose first key is at an event; answers the index of its end.</summary>
        private int Members(int at, HashSet<string> own)
        {
            while (At(at) is not MappingEnd)
            {
                var (name, merge) = Key(At(at));
                if (merge)
                {
                    Merge(at + 1, own);
                    at = Skip(at + 1);
                    continue;
                }

                writer.WritePropertyName(name);
                at = Value(at + 1);
            }

            return at;
        }

        /// <summary>Writes what a merge key adds: members that the mapping does not have itself.</summary>
        private void Merge(int at, HashSet<string> own)
        {
            if (At(at) is AnchorAlias alias)
                at = Target(alias);
            if (++_values > MostValues)
                throw new DocumentException("yaml: document contains excessive aliasing");
            if (++_depth > JsonDepth.Object)
                throw new DocumentException(TooDeep);
            switch (At(at))
            {
                case MappingStart:
                    for (at++; At(at) is not MappingEnd;)
                    {
                        var (name, merge) = Key(At(at));
                        if (merge)
                        {
                            Merge(at + 1, own);
                            at = Skip(at + 1);
                        }
                        else if (own.Add(name))
                        {
                            writer.WritePropertyName(name);
                            at = Value(at + 1);
                        }
                        else
                            at = Skip(at + 1);
                    }

                    break;
                case SequenceStart:
                    for (at++; At(at) is not SequenceEnd; at = Skip(at))
                        Merge(at, own);
                    break;
                default:
                    throw new DocumentException("yaml: map merge requires map or sequence of maps as the value");
            }

            _depth--;
        }

        private HashSet<string> Keys(int at)
        {
            var keys = new HashSet<string>(StringComparer.Ordinal);
            while (At(at) is not MappingEnd)
            {
                var (name, merge) = Key(At(at));
                if (!merge)
                    keys.Add(name);
                at = Skip(at + 1);
            }

            return keys;
        }

        private int Skip(int at)
        {
            if (At(at) is NodeEvent { Anchor.IsEmpty: false } anchored)
                _anchors[anchored.Anchor] = at;
            var open = 0;
            do
            {
                open += At(at).NestingIncrease;
                at++;
                if (++_steps > MostSteps)
                    throw new DocumentException("yaml: document contains excessive aliasing");
            }
            while (open > 0);
            return at;
        }

        private int Target(AnchorAlias alias) => _anchors.TryGetValue(alias.Value, out var at)
            ? at
            : throw new DocumentException($"yaml: unknown anchor '{alias.Value}' referenced");

        private static (string Name, bool Merge) Key(ParsingEvent key) => key is Scalar scalar
            ? (scalar.Value, scalar is { Style: ScalarStyle.Plain, Value: "<<" })
            : throw new DocumentException("yaml: a mapping's key must be a scalar");
    }
}
