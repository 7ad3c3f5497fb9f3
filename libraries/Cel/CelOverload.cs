namespace Platform.Cel;

/// <summary>One form of a function: what it takes, what it gives, and how it is computed.</summary>
/// <param name="Function">Name as called, with the library's prefix (<c>sets.contains</c>); operators have names like <c>_+_</c>.</param>
/// <param name="Id">Name of this form; costs go by it.</param>
/// <param name="IsMember">Whether it is called on its first parameter.</param>
/// <param name="Parameters">Types of the parameters. <see cref="CelType.Parameter"/>s stand for any type, the same wherever the name is the same.</param>
/// <param name="Result">Type of the result.</param>
/// <param name="Invoke">
/// Computes it. The values have the parameters' kinds, but what is inside a list or a map is only as the checker knew it. What fails is a
/// <see cref="Values.CelError"/>, never an exception.
/// </param>
public sealed record CelOverload(string Function, string Id, bool IsMember, IReadOnlyList<CelType> Parameters, CelType Result, Func<CelValue[], CelValue> Invoke)
{
    /// <summary>Whether values of these types are what the form takes.</summary>
    internal bool Accepts(ReadOnlySpan<CelValue> values)
    {
        if (values.Length != Parameters.Count)
            return false;
        for (var i = 0; i < values.Length; i++)
        {
            var (wanted, found) = (Parameters[i], values[i].Type);
            var fits = wanted.Kind is CelKind.Dyn or CelKind.Parameter
                || (wanted.Kind == found.Kind && (wanted.Kind != CelKind.Opaque || wanted.Name == found.Name))
                || (wanted.Kind == CelKind.Map && found.Kind == CelKind.Object);
            if (!fits)
                return false;
        }
        return true;
    }
}
