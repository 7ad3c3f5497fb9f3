using Platform.Cel.Values;

namespace Platform.Cel;

/// <summary>What an evaluation has given.</summary>
/// <param name="Value">The value; null where it failed.</param>
/// <param name="Error">Why it failed, in cel-go's words; null where it did not.</param>
/// <param name="Cost">What it has cost.</param>
/// <param name="ExceededCost">Whether it was ended because it cost more than allowed.</param>
public readonly record struct CelResult(CelValue? Value, string? Error, ulong Cost, bool ExceededCost = false)
{
    /// <summary>Whether the value is <c>true</c>.</summary>
    public bool IsTrue => Value is CelBool { Value: true };
}
