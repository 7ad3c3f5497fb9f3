using Platform.Cel.Evaluation;
using Platform.Cel.Parsing;
using Platform.Cel.Values;
using static Platform.Cel.Functions.Declare;

namespace Platform.Cel.Functions;

/// <summary>Membership, size and indexing.</summary>
internal static class Containers
{
    private static readonly CelType OptionalList = CelType.Optional(ListOfA);
    private static readonly CelType OptionalMap = CelType.Optional(MapOfAB);

    public static IEnumerable<CelOverload> All =>
    [
        Global(Operators.In, "in_list", [A, ListOfA], CelType.Bool, v => CelBool.Of(Contains((CelList)v[1], v[0]))),
        Global(Operators.In, "in_map", [A, MapOfAB], CelType.Bool, v => CelBool.Of(((CelMap)v[1]).Find(v[0]) is not null)),
        .. Size(CelType.String, "string"), .. Size(CelType.Bytes, "bytes"), .. Size(ListOfA, "list"), .. Size(MapOfAB, "map"),
        Global(Operators.Index, "index_list", [ListOfA, CelType.Int], A, v => Indexing.Find(v[0], v[1])),
        Global(Operators.Index, "index_map", [MapOfAB, A], B, v => Indexing.Find(v[0], v[1])),
        Global(Operators.Index, "optional_list_index_int", [OptionalList, CelType.Int], CelType.Optional(A), v => v[0]),
        Global(Operators.Index, "optional_map_index_value", [OptionalMap, A], CelType.Optional(B), v => v[0]),
        Global(Operators.OptionalIndex, "list_optindex_optional_int", [ListOfA, CelType.Int], CelType.Optional(A), v => v[0]),
        Global(Operators.OptionalIndex, "optional_list_optindex_optional_int", [OptionalList, CelType.Int], CelType.Optional(A), v => v[0]),
        Global(Operators.OptionalIndex, "map_optindex_optional_value", [MapOfAB, A], CelType.Optional(B), v => v[0]),
        Global(Operators.OptionalIndex, "optional_map_optindex_optional_value", [OptionalMap, A], CelType.Optional(B), v => v[0]),
    ];

    public static bool Contains(CelList list, CelValue value)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (Equality.Equal(list[i], value))
                return true;
        }
        return false;
    }

    private static CelOverload[] Size(CelType type, string name) =>
    [
        Global("size", "size_" + name, [type], CelType.Int, v => new CelInt((long)v[0].CostSize)),
        Member("size", name + "_size", [type], CelType.Int, v => new CelInt((long)v[0].CostSize)),
    ];
}
