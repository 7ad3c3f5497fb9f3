using System.Globalization;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.Api.Selectors;

/// <summary>One condition on a label.</summary>
public sealed record Requirement
{
    private readonly long _bound;

    internal Requirement(string key, SelectorOperator @operator, IReadOnlyList<string> values, string sign)
    {
        Key = key;
        Operator = @operator;
        Values = values;
        Sign = sign;
        if (@operator is SelectorOperator.GreaterThan or SelectorOperator.LessThan)
            _bound = long.Parse(values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    /// <summary>The label's key.</summary>
    public string Key { get; }

    /// <summary>How value and <see cref="Values"/> relate.</summary>
    public SelectorOperator Operator { get; }

    /// <summary>Values compared with; empty for the operators about presence.</summary>
    public IReadOnlyList<string> Values { get; }

    private string Sign { get; }

    /// <summary>Whether a label with this value meets the condition.</summary>
    /// <param name="value">The label's value; null where the label is absent.</param>
    public bool Matches(string? value) => Operator switch
    {
        SelectorOperator.In => value is not null && Has(value),
        SelectorOperator.NotIn => value is null || !Has(value),
        SelectorOperator.Exists => value is not null,
        SelectorOperator.DoesNotExist => value is null,
        _ => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && (Operator == SelectorOperator.GreaterThan ? number > _bound : number < _bound),
    };

    /// <inheritdoc />
    public override string ToString() => Operator switch
    {
        SelectorOperator.Exists => Key,
        SelectorOperator.DoesNotExist => "!" + Key,
        _ when Sign is "in" or "notin" => $"{Key} {Sign} ({string.Join(",", Values.Order(StringComparer.Ordinal))})",
        _ => Key + Sign + Values[0],
    };

    /// <summary>Checks key and values as the API requires them, and makes the requirement.</summary>
    /// <exception cref="SelectorSyntaxException">They are not allowed.</exception>
    internal static Requirement Make(string key, SelectorOperator @operator, IReadOnlyList<string> values, string sign)
    {
        var errors = new List<FieldError>();
        if (string.Join("; ", NameFormats.QualifiedName(key)) is { Length: > 0 } wrongKey)
            errors.Add(FieldError.Invalid("key", key, wrongKey));
        if (@operator is SelectorOperator.GreaterThan or SelectorOperator.LessThan
            && !long.TryParse(values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            errors.Add(FieldError.Invalid("values[0]", values[0], "for 'Gt', 'Lt' operators, the value must be an integer"));
        for (var i = 0; i < values.Count; i++)
        {
            if (string.Join("; ", NameFormats.LabelValue(values[i])) is { Length: > 0 } wrongValue)
                errors.Add(FieldError.Invalid($"values[{i}][{key}]", values[i], wrongValue));
        }

        return errors.Count switch
        {
            0 => new(key, @operator, values, sign),
            1 => throw new SelectorSyntaxException(errors[0].ToString()),
            _ => throw new SelectorSyntaxException($"[{string.Join(", ", errors)}]"),
        };
    }

    private bool Has(string value)
    {
        for (var i = 0; i < Values.Count; i++)
        {
            if (string.Equals(Values[i], value, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
