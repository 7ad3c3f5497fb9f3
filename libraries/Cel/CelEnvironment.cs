using System.Collections.Immutable;
using Platform.Cel.Functions;

namespace Platform.Cel;

/// <summary>What an expression may refer to: variables, functions and type names. Immutable; each addition makes a new environment.</summary>
public sealed class CelEnvironment
{
    private readonly ImmutableDictionary<string, CelType> _variables;
    private readonly ImmutableDictionary<string, ImmutableArray<CelOverload>> _functions;
    private readonly ImmutableDictionary<string, CelType> _types;

    private CelEnvironment(
        ImmutableDictionary<string, CelType> variables, ImmutableDictionary<string, ImmutableArray<CelOverload>> functions, ImmutableDictionary<string, CelType> types)
    {
        _variables = variables;
        _functions = functions;
        _types = types;
    }

    /// <summary>The language and Kubernetes 1.32's libraries, except those that need the host: quantities and the authorizer's variables. Declares no variables.</summary>
    public static CelEnvironment Kubernetes { get; } = Create();

    /// <summary>Adds a variable. A name may have dots.</summary>
    public CelEnvironment WithVariable(string name, CelType type) => new(_variables.SetItem(name, type), _functions, _types);

    /// <summary>Takes variables away.</summary>
    public CelEnvironment Without(params IEnumerable<string> names) => new(_variables.RemoveRange(names), _functions, _types);

    /// <summary>Adds functions.</summary>
    public CelEnvironment WithFunctions(IEnumerable<CelOverload> overloads)
    {
        var functions = _functions.ToBuilder();
        foreach (var overload in overloads)
            functions[overload.Function] = functions.TryGetValue(overload.Function, out var present) ? present.Add(overload) : [overload];
        return new(_variables, functions.ToImmutable(), _types);
    }

    /// <summary>Adds a type that can be named in an expression.</summary>
    public CelEnvironment WithType(CelType type) => new(_variables, _functions, _types.SetItem(type.Name, type));

    internal CelType? FindVariable(string name) => _variables.GetValueOrDefault(name);

    internal CelType? FindType(string name) => _types.GetValueOrDefault(name);

    internal ImmutableArray<CelOverload>? FindFunction(string name) => _functions.TryGetValue(name, out var found) ? found : null;

    private static CelEnvironment Create()
    {
        CelType[] types =
        [
            CelType.Bool, CelType.Int, CelType.Uint, CelType.Double, CelType.String, CelType.Bytes, CelType.Null, CelType.Type, CelType.Timestamp, CelType.Duration,
            CelType.List(CelType.Dyn), CelType.Map(CelType.Dyn, CelType.Dyn), CelType.Optional(CelType.Dyn), .. LibraryTypes.All,
        ];
        return new CelEnvironment(
            ImmutableDictionary<string, CelType>.Empty, ImmutableDictionary<string, ImmutableArray<CelOverload>>.Empty,
            types.ToImmutableDictionary(t => t.Name, StringComparer.Ordinal)).WithFunctions(Library.All);
    }
}
