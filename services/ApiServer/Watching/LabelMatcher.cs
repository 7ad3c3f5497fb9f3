using System.Text;
using Platform.Api.Selectors;

namespace Platform.ApiServer.Watching;

/// <summary>A label selector made ready to be asked of many objects' bytes: keys and values are encoded once, and no object's labels become strings.</summary>
internal sealed class LabelMatcher
{
    private readonly Condition[] _conditions;

    public LabelMatcher(Selector selector)
    {
        Selector = selector;
        _conditions = [.. selector.Requirements.Select(r => new Condition(r))];
    }

    public Selector Selector { get; }

    public bool Matches(ReadOnlySpan<byte> labels)
    {
        if (Selector.IsNothing)
            return false;
        foreach (var condition in _conditions)
        {
            if (!condition.Matches(labels))
                return false;
        }
        return true;
    }

    private sealed class Condition(Requirement requirement)
    {
        private readonly byte[] _quotedKey = Encoding.UTF8.GetBytes($"\"{requirement.Key}\"");
        private readonly byte[][] _values = [.. requirement.Values.Select(Encoding.UTF8.GetBytes)];

        public bool Matches(ReadOnlySpan<byte> labels)
        {
            // Most objects that lack the label do not have its key anywhere, which one pass over the bytes tells.
            if (labels.IndexOf(_quotedKey) < 0)
                return requirement.Matches(null);
            var key = _quotedKey.AsSpan(1, _quotedKey.Length - 2);
            var walker = new LabelWalker(labels);
            while (walker.MoveNext())
            {
                if (walker.Key.SequenceEqual(key))
                    return Matches(requirement.Operator, walker.Value);
            }
            return requirement.Matches(null);
        }

        private bool Matches(SelectorOperator @operator, ReadOnlySpan<byte> value)
        {
            if (@operator is not (SelectorOperator.In or SelectorOperator.NotIn))
                return requirement.Matches(Encoding.UTF8.GetString(value));
            foreach (var wanted in _values)
            {
                if (value.SequenceEqual(wanted))
                    return @operator == SelectorOperator.In;
            }
            return @operator == SelectorOperator.NotIn;
        }
    }
}
