using System.Globalization;
using Platform.Cel.Functions;
using Platform.Cel.Values;

namespace Platform.Cel.Evaluation;

/// <summary>Items of lists by number and values of maps by key.</summary>
internal static class Indexing
{
    private const string NoSuchKey = "no such key: ";
    private const string OutOfBounds = "index out of bounds: ";

    public static CelValue Find(CelValue operand, CelValue key) => operand switch
    {
        CelList list => Item(list, key),
        CelMap map when key is CelString text => map.Find(text.Value) ?? new CelError(NoSuchKey + text.Value),
        CelMap map when key is CelBool or CelInt or CelUint or CelDouble => map.Find(key) ?? new CelError(NoSuchKey + Conversions.Show(key)),
        _ => CelError.NoOverload,
    };

    /// <summary>Whether something was asked for that is not there, rather than wrongly asked for.</summary>
    public static bool IsAbsence(CelError error) =>
        error.Message.StartsWith(NoSuchKey, StringComparison.Ordinal) || error.Message.StartsWith(OutOfBounds, StringComparison.Ordinal);

    private static CelValue Item(CelList list, CelValue key)
    {
        Int128? index = key switch
        {
            CelInt number => number.Value,
            CelUint number => number.Value,
            CelDouble number when double.IsInteger(number.Value) && Math.Abs(number.Value) < 1e18 => (Int128)number.Value,
            _ => null,
        };
        if (index is not { } at)
            return key is CelDouble ? new CelError($"unsupported index value: {Conversions.Show(key)}") : CelError.NoOverload;
        return at >= 0 && at < list.Count ? list[(int)at] : new CelError(string.Create(CultureInfo.InvariantCulture, $"{OutOfBounds}{at}"));
    }
}
