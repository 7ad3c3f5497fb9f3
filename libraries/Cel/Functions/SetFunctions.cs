using Platform.Cel.Values;
using static Platform.Cel.Functions.Declare;

namespace Platform.Cel.Functions;

/// <summary>Lists seen as sets.</summary>
internal static class SetFunctions
{
    public static IEnumerable<CelOverload> All =>
    [
        Set("contains", (a, b) => ContainsAll(a, b)),
        Set("equivalent", (a, b) => ContainsAll(a, b) && ContainsAll(b, a)),
        Set("intersects", Intersects),
    ];

    private static CelOverload Set(string name, Func<CelList, CelList, bool> test) =>
        Global("sets." + name, $"list_sets_{name}_list", [ListOfA, ListOfA], CelType.Bool, v => CelBool.Of(test((CelList)v[0], (CelList)v[1])));

    private static bool ContainsAll(CelList list, CelList items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (!Containers.Contains(list, items[i]))
                return false;
        }
        return true;
    }

    private static bool Intersects(CelList a, CelList b)
    {
        for (var i = 0; i < b.Count; i++)
        {
            if (Containers.Contains(a, b[i]))
                return true;
        }
        return false;
    }
}
