using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.ApiServer.CustomResources.Schemas;

/// <summary>What a JSON value is, and numbers as schemas compare them.</summary>
internal static class JsonNumber
{
    /// <summary>Name of the type in messages: a number without fraction and exponent is an integer.</summary>
    public static string TypeName(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => IsIntegerText(value.ToJsonString()) ? "integer" : "number",
        },
    };

    /// <summary>Whether a number has no fraction, however it is written.</summary>
    public static bool IsWhole(JsonNode value) => IsIntegerText(value.ToJsonString()) || (Value(value) is var number && Math.Floor(number) == number && Math.Abs(number) < 9.2e18);

    public static double Value(JsonNode value) => double.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>-1, 0 or 1; exact for integers.</summary>
    public static int Compare(JsonNode value, double bound)
    {
        var text = value.ToJsonString();
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && bound == Math.Floor(bound) && Math.Abs(bound) < 9e18
            ? whole.CompareTo((long)bound)
            : Value(value).CompareTo(bound);
    }

    public static bool IsMultiple(JsonNode value, double factor)
    {
        if (factor == 0)
            return true;
        var ratio = (decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && TryDecimal(factor, out var divisor) && divisor != 0)
            ? (double)(exact % divisor)
            : Value(value) / factor % 1;
        return ratio == 0;
    }

    public static string Show(double bound) => bound == Math.Floor(bound) && Math.Abs(bound) < 1e21
        ? bound.ToString("0", CultureInfo.InvariantCulture)
        : bound.ToString("R", CultureInfo.InvariantCulture);

    private static bool IsIntegerText(string text) => text.AsSpan().IndexOfAny('.', 'e', 'E') < 0;

    private static bool TryDecimal(double value, out decimal result)
    {
        result = 0;
        if (Math.Abs(value) > 7e27)
            return false;
        result = (decimal)value;
        return true;
    }
}
