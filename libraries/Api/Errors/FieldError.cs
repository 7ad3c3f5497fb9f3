namespace Platform.Api.Errors;

/// <summary>What is wrong with a field. The values are those of metav1.CauseType.</summary>
public enum FieldErrorType
{
    /// <summary>The value is not allowed here.</summary>
    FieldValueInvalid,

    /// <summary>A value must be given.</summary>
    FieldValueRequired,

    /// <summary>The value must be unique and is not.</summary>
    FieldValueDuplicate,

    /// <summary>The value is not one of those supported.</summary>
    FieldValueNotSupported,

    /// <summary>The value is well-formed but not permitted.</summary>
    FieldValueForbidden,

    /// <summary>The value refers to something that does not exist.</summary>
    FieldValueNotFound,

    /// <summary>The value has too many characters.</summary>
    FieldValueTooLong,

    /// <summary>The list has too many items.</summary>
    FieldValueTooMany,

    /// <summary>The value has the wrong type.</summary>
    FieldValueTypeInvalid,
}

/// <summary>One finding of validation.</summary>
/// <param name="Type">Kind of the finding.</param>
/// <param name="Field">Path such as <c>spec.containers[0].image</c>.</param>
/// <param name="BadValue">The offending value; null where the message does not repeat it.</param>
/// <param name="Detail">What would be right.</param>
public sealed record FieldError(FieldErrorType Type, string Field, object? BadValue, string Detail)
{
    /// <summary>Stands for a value that the message does not repeat, because it is a whole part of the object.</summary>
    private static readonly object Omitted = new();

    /// <summary>A value that is not allowed.</summary>
    public static FieldError Invalid(string field, object? value, string detail) => new(FieldErrorType.FieldValueInvalid, field, value, detail);

    /// <summary>A part of the object that is not allowed as a whole; the message does not show it.</summary>
    public static FieldError InvalidPart(string field, string detail) => new(FieldErrorType.FieldValueInvalid, field, Omitted, detail);

    /// <summary>A list with too many items.</summary>
    public static FieldError TooMany(string field, int actual, int maximum) =>
        new(FieldErrorType.FieldValueTooMany, field, actual, $"must have at most {maximum} {(maximum == 1 ? "item" : "items")}");

    /// <summary>A missing value.</summary>
    public static FieldError Required(string field, string detail = "") => new(FieldErrorType.FieldValueRequired, field, null, detail);

    /// <summary>A repeated value.</summary>
    public static FieldError Duplicate(string field, object? value) => new(FieldErrorType.FieldValueDuplicate, field, value, "");

    /// <summary>A well-formed value that is not permitted.</summary>
    public static FieldError Forbidden(string field, string detail) => new(FieldErrorType.FieldValueForbidden, field, null, detail);

    /// <summary>A value outside a closed set.</summary>
    public static FieldError NotSupported(string field, object? value, IEnumerable<string> supported) =>
        new(FieldErrorType.FieldValueNotSupported, field, value, "supported values: " + string.Join(", ", supported.Order(StringComparer.Ordinal).Select(s => $"\"{s}\"")));

    /// <summary>A value that is too long.</summary>
    public static FieldError TooLong(string field, int maximum) => new(FieldErrorType.FieldValueTooLong, field, null, $"may not be more than {maximum} bytes");

    /// <summary>The finding as upstream words it, without the field.</summary>
    public string Message
    {
        get
        {
            var text = Type switch
            {
                FieldErrorType.FieldValueRequired => "Required value",
                FieldErrorType.FieldValueForbidden => "Forbidden",
                FieldErrorType.FieldValueTooLong => "Too long",
                FieldErrorType.FieldValueInvalid => "Invalid value",
                FieldErrorType.FieldValueDuplicate => "Duplicate value",
                FieldErrorType.FieldValueNotSupported => "Unsupported value",
                FieldErrorType.FieldValueNotFound => "Not found",
                FieldErrorType.FieldValueTooMany => "Too many",
                _ => "Invalid value",
            };
            if (Type is not (FieldErrorType.FieldValueRequired or FieldErrorType.FieldValueForbidden or FieldErrorType.FieldValueTooLong)
                && !ReferenceEquals(BadValue, Omitted))
                text += ": " + GoSyntax.Show(BadValue);
            return Detail.Length == 0 ? text : text + ": " + Detail;
        }
    }

    /// <inheritdoc />
    public override string ToString() => $"{Field}: {Message}";
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class PrimitiveJson : System.Text.Json.Serialization.JsonSerializerContext;
