namespace Platform.Cel.Checking;

/// <summary>
/// Finds types for type parameters so that what is given fits what is wanted. A try that fails leaves nothing behind.
/// </summary>
internal sealed class Inference
{
    /// <summary>Deepest nesting of types that is looked at; deeper ones do not fit anything.</summary>
    private const int MaximumDepth = 100;

    private readonly Dictionary<string, CelType> _known = new(StringComparer.Ordinal);
    private readonly List<(string Name, CelType? Before)> _changes = [];
    private int _fresh;

    /// <summary>A type that is yet to be inferred.</summary>
    public CelType Fresh() => CelType.Parameter($"_var{_fresh++}");

    /// <summary>The type with its parameters replaced by fresh ones; the same name becomes the same one within a map.</summary>
    public CelType Instantiate(CelType type, Dictionary<string, CelType> names)
    {
        if (type.Kind == CelKind.Parameter)
            return names.TryGetValue(type.Name, out var known) ? known : names[type.Name] = Fresh();
        return type.Parameters.Count == 0 ? type : type.WithParameters([.. type.Parameters.Select(p => Instantiate(p, names))]);
    }

    /// <summary>The type as far as it is known; what is not becomes anything if asked for.</summary>
    public CelType Resolve(CelType type, bool openIsDyn = false, int depth = 0)
    {
        if (type.Kind == CelKind.Parameter)
        {
            if (depth < MaximumDepth && _known.TryGetValue(type.Name, out var known))
                return Resolve(known, openIsDyn, depth + 1);
            return openIsDyn ? CelType.Dyn : type;
        }
        if (type.Parameters.Count == 0 || depth >= MaximumDepth)
            return type;
        var parameters = new CelType[type.Parameters.Count];
        var changed = false;
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = Resolve(type.Parameters[i], openIsDyn, depth + 1);
            changed |= !ReferenceEquals(parameters[i], type.Parameters[i]);
        }
        return changed ? type.WithParameters(parameters) : type;
    }

    /// <summary>Whether what is given fits what is wanted; parameters are inferred where they do.</summary>
    public bool Fits(IReadOnlyList<CelType> given, IReadOnlyList<CelType> wanted)
    {
        if (given.Count != wanted.Count)
            return false;
        var before = _changes.Count;
        for (var i = 0; i < given.Count; i++)
        {
            if (Fits(given[i], wanted[i], 0))
                continue;
            Undo(before);
            return false;
        }
        return true;
    }

    /// <summary>Whether one type fits another.</summary>
    public bool Fits(CelType given, CelType wanted) => Fits([given], [wanted]);

    /// <summary>The one of two types that fit each other which says less.</summary>
    public static CelType MoreGeneral(CelType a, CelType b) => IsMoreGeneral(a, b) ? a : b;

    private static bool IsMoreGeneral(CelType a, CelType b)
    {
        if (a.Kind is CelKind.Dyn or CelKind.Error || (a.Kind == CelKind.Parameter && b.Kind != CelKind.Dyn))
            return true;
        if (b.Kind == CelKind.Null && a.Kind != CelKind.Null)
            return true;
        if (a.Kind != b.Kind || a.Parameters.Count != b.Parameters.Count || a.Parameters.Count == 0)
            return a.Kind == b.Kind && a.Parameters.Count == 0;
        for (var i = 0; i < a.Parameters.Count; i++)
        {
            if (!IsMoreGeneral(a.Parameters[i], b.Parameters[i]))
                return false;
        }
        return true;
    }

    private bool Fits(CelType given, CelType wanted, int depth)
    {
        if (ReferenceEquals(given, wanted))
            return true;
        if (depth > MaximumDepth)
            return false;
        if (wanted.Kind == CelKind.Parameter)
            return Bind(wanted, given, depth, parameterIsWanted: true);
        if (given.Kind == CelKind.Parameter)
            return Bind(given, wanted, depth, parameterIsWanted: false);
        if (given.Kind is CelKind.Dyn or CelKind.Error || wanted.Kind is CelKind.Dyn or CelKind.Error)
            return true;
        if (given.Kind == CelKind.Null || wanted.Kind == CelKind.Null)
            return given.Kind == wanted.Kind || IsNullable(given.Kind == CelKind.Null ? wanted : given);
        if (given.Kind != wanted.Kind || (given.Kind is CelKind.Object or CelKind.Opaque && given.Name != wanted.Name))
            return false;
        if (given.Kind == CelKind.Type || given.Parameters.Count != wanted.Parameters.Count)
            return given.Kind == CelKind.Type;
        for (var i = 0; i < given.Parameters.Count; i++)
        {
            if (!Fits(given.Parameters[i], wanted.Parameters[i], depth + 1))
                return false;
        }
        return true;
    }

    private bool Bind(CelType parameter, CelType other, int depth, bool parameterIsWanted)
    {
        if (other.Kind == CelKind.Parameter && other.Name == parameter.Name)
            return true;
        if (_known.TryGetValue(parameter.Name, out var known))
        {
            var fits = parameterIsWanted ? Fits(other, known, depth + 1) : Fits(known, other, depth + 1);
            if (fits)
                Set(parameter.Name, MoreGeneral(known, other));
            return fits;
        }
        if (Contains(other, parameter.Name, depth))
            return false;
        Set(parameter.Name, other);
        return true;
    }

    private void Set(string name, CelType type)
    {
        _changes.Add((name, _known.GetValueOrDefault(name)));
        _known[name] = type;
    }

    private void Undo(int to)
    {
        for (; _changes.Count > to; _changes.RemoveAt(_changes.Count - 1))
        {
            var (name, before) = _changes[^1];
            if (before is null)
                _known.Remove(name);
            else
                _known[name] = before;
        }
    }

    private bool Contains(CelType type, string parameter, int depth)
    {
        if (depth > MaximumDepth)
            return true;
        if (type.Kind == CelKind.Parameter)
            return type.Name == parameter || (_known.TryGetValue(type.Name, out var known) && Contains(known, parameter, depth + 1));
        return type.Parameters.Any(p => Contains(p, parameter, depth + 1));
    }

    // Objects, moments, spans and the libraries' values can be absent, which is written as null.
    private static bool IsNullable(CelType type) =>
        type.Kind is CelKind.Object or CelKind.Opaque or CelKind.Optional or CelKind.Timestamp or CelKind.Duration;
}
