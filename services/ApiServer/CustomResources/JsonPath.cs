using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.ApiServer.CustomResources;

/// <summary>
/// The paths of printer columns: members, quoted members, indices, slices, wildcards and filters such as <c>.status.conditions[?(@.type=="Ready")].status</c>. A path that
/// cannot be read finds nothing.
/// </summary>
internal sealed class JsonPath
{
    /// <summary>Most values that a path may find.</summary>
    private const int MaximumFound = 1_000;

    private readonly List<Step> _steps = [];

    private JsonPath()
    {
    }

    private enum StepKind
    {
        Member,
        Index,
        Slice,
        Wildcard,
        Filter,
    }

    /// <summary>Reads a path; null where it has another form.</summary>
    public static JsonPath? Parse(string text)
    {
        var path = new JsonPath();
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] == '.')
            {
                at++;
                if (at < text.Length && text[at] is not ('.' or '['))
                    path._steps.Add(Member(text, ref at));
                else if (at < text.Length && text[at] == '.')
                    return null;
            }
            else if (text[at] == '[')
            {
                var end = Closing(text, at);
                if (end < 0 || Bracket(text[(at + 1)..end].Trim()) is not { } step)
                    return null;
                path._steps.Add(step);
                at = end + 1;
            }
            else if (at == 0)
                path._steps.Add(Member(text, ref at));
            else
                return null;
        }
        return path;
    }

    /// <summary>What the path leads to, in document order; nothing where a member is absent.</summary>
    public IReadOnlyList<JsonNode?> Find(JsonNode? root)
    {
        List<JsonNode?> found = [root];
        foreach (var step in _steps)
        {
            List<JsonNode?> next = [];
            foreach (var node in found)
                step.Take(node, next);
            if (next.Count > MaximumFound)
                next.RemoveRange(MaximumFound, next.Count - MaximumFound);
            found = next;
        }
        return found;
    }

    private static Step Member(string text, ref int at)
    {
        var name = new StringBuilder();
        for (; at < text.Length && text[at] is not ('.' or '['); at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            name.Append(text[at]);
        }
        return name.ToString() == "*" ? new(StepKind.Wildcard) : new(StepKind.Member) { Name = name.ToString() };
    }

    private static int Closing(string text, int open)
    {
        var quote = '\0';
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '\'' or '"')
                quote = c;
            else if (c == '[')
                depth++;
            else if (c == ']' && --depth == 0)
                return i;
        }
        return -1;
    }

    private static Step? Bracket(string inner)
    {
        if (inner == "*")
            return new(StepKind.Wildcard);
        if (int.TryParse(inner, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
            return new(StepKind.Index) { Index = index };
        if (Slice.Parse(inner) is { } slice)
            return new(StepKind.Slice) { Slice = slice };
        if (inner.Length >= 2 && inner[0] is '\'' or '"' && inner[^1] == inner[0])
            return new(StepKind.Member) { Name = inner[1..^1] };
        if (!inner.StartsWith("?(", StringComparison.Ordinal) || !inner.EndsWith(')'))
            return null;
        var condition = inner[2..^1];
        foreach (var name in new[] { "==", "!=", "<=", ">=", "<", ">" })
        {
            var at = condition.IndexOf(name, StringComparison.Ordinal);
            if (at < 0 || !condition.TrimStart().StartsWith('@'))
                continue;
            var left = Parse(condition[..at].Trim()[1..]);
            var right = condition[(at + name.Length)..].Trim();
            if (left is null || right.Length == 0)
                return null;
            return new(StepKind.Filter) { Path = left, Operator = name, Value = right[0] is '\'' or '"' ? right.Trim('\'', '"') : right };
        }
        return condition.TrimStart().StartsWith('@') && Parse(condition.Trim()[1..]) is { } present ? new(StepKind.Filter) { Path = present } : null;
    }

    /// <summary>A part of a list: from an item, to before another, every so many. Negative numbers count from the end.</summary>
    private readonly record struct Slice(int? Start, int? End, int Each)
    {
        public static Slice? Parse(string text)
        {
            var parts = text.Split(':');
            if (parts.Length is not (2 or 3)
                || !TryNumber(parts[0], out var start) || !TryNumber(parts[1], out var end) || !TryNumber(parts.ElementAtOrDefault(2) ?? "", out var each))
                return null;
            return each is <= 0 ? null : new(start, end, each ?? 1);
        }

        /// <summary>The items; none where the bounds are not within the list.</summary>
        public IEnumerable<JsonNode?> Of(JsonArray list)
        {
            var (start, end) = (FromEnd(Start ?? 0, list.Count), FromEnd(End ?? list.Count, list.Count));
            if (start < 0 || end > list.Count)
                yield break;
            for (var i = start; i < end; i += Each)
                yield return list[i];
        }

        private static int FromEnd(int index, int count) => index < 0 ? count + index : index;

        private static bool TryNumber(string text, out int? number)
        {
            number = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given) ? given : null;
            return text.Length == 0 || number is not null;
        }
    }

    private sealed record Step(StepKind Kind)
    {
        public string Name { get; init; } = "";

        public int Index { get; init; }

        public Slice Slice { get; init; }

        public JsonPath? Path { get; init; }

        public string Operator { get; init; } = "";

        public string Value { get; init; } = "";

        public void Take(JsonNode? node, List<JsonNode?> into)
        {
            switch (Kind)
            {
                case StepKind.Member when node is JsonObject map && map.TryGetPropertyValue(Name, out var member):
                    into.Add(member);
                    break;
                case StepKind.Index when node is JsonArray list && (Index < 0 ? list.Count + Index : Index) is var at && at >= 0 && at < list.Count:
                    into.Add(list[at]);
                    break;
                case StepKind.Slice when node is JsonArray list:
                    into.AddRange(Slice.Of(list));
                    break;
                case StepKind.Wildcard:
                    into.AddRange(node switch { JsonArray list => list, JsonObject map => map.Select(m => m.Value), _ => [] });
                    break;
                case StepKind.Filter when node is JsonArray list:
                    into.AddRange(list.Where(Holds));
                    break;
            }
        }

        private bool Holds(JsonNode? item)
        {
            var found = Path!.Find(item);
            if (Operator.Length == 0)
                return found.Count > 0;
            if (found.Count == 0 || found[0] is not JsonValue value)
                return false;
            var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
            if (Operator is "==" or "!=")
                return text == Value == (Operator == "==");
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var left)
                || !double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var right))
            {
                return false;
            }
            return Operator switch { "<" => left < right, ">" => left > right, "<=" => left <= right, _ => left >= right };
        }
    }
}
