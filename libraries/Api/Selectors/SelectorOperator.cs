namespace Platform.Api.Selectors;

/// <summary>How a requirement relates a label's value to its own.</summary>
public enum SelectorOperator
{
    /// <summary>The value is one of those given; also what <c>=</c> and <c>==</c> mean.</summary>
    In,

    /// <summary>The label is absent or has another value; also what <c>!=</c> means.</summary>
    NotIn,

    /// <summary>The label is present.</summary>
    Exists,

    /// <summary>The label is absent.</summary>
    DoesNotExist,

    /// <summary>The value is a number above the given one.</summary>
    GreaterThan,

    /// <summary>The value is a number below the given one.</summary>
    LessThan,
}

/// <summary>A selector that cannot be read. The message is upstream's and is meant for the client.</summary>
public sealed class SelectorSyntaxException(string message) : FormatException(message);
