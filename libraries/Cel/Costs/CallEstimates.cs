using Platform.Cel.Parsing;

namespace Platform.Cel.Costs;

/// <summary>What one call can cost, without its arguments, and how large its result can be: Kubernetes' estimates for its libraries, cel-go's for the rest.</summary>
internal static class CallEstimates
{
    private static readonly Estimate One = Estimate.Fixed(1);

    /// <summary>An address has 4 or 16 bytes.</summary>
    private static readonly Estimate AddressSize = new(4, 16);

    public static (Estimate Cost, Estimate? Size) Of(CelOverload overload, Estimate[] sizes, IReadOnlyList<Expr> operands)
    {
        switch (overload.Function)
        {
            case "check":
                return (Estimate.Fixed(CostModel.AuthorizationCheck), null);
            case "isSorted" or "sum" or "max" or "min":
                return (ListTraversal(sizes[0], operands[0].Type), null);
            case "indexOf" or "lastIndexOf":
                return (operands[0].Type.Kind == CelKind.List ? ListTraversal(sizes[0], operands[0].Type) : sizes[0].Scale(CostModel.Traversal), null);
            case "url" or "cidr" or "isIP" or "isCIDR" or "quantity" or "isQuantity" or "base64.decode" or "base64.encode":
                return (sizes[0].Scale(CostModel.Traversal), null);
            case "ip":
                return (overload.Id == "cidr_ip" ? One : sizes[0].Scale(CostModel.Traversal), null);
            case "ip.isCanonical":
                return (sizes[0].Scale(2 * CostModel.Traversal), null);
            case "validate":
                return (sizes[1].Scale(CostModel.Traversal), null);
            case "lowerAscii" or "upperAscii" or "substring" or "trim":
                return (sizes[0].Scale(CostModel.Traversal), sizes[0]);
            case "replace":
                return (sizes[0].Scale(2 * CostModel.Traversal), Replaced(sizes[0], sizes[1], sizes[2]));
            case "split":
                return (sizes[0].Scale(2 * CostModel.Traversal), new(0, sizes[0].Max));
            case "join":
                var joined = Joined(sizes, operands[0].Type);
                return (joined.Scale(CostModel.Traversal), joined);
            case "find" or "findAll":
                return (Match(sizes), new(0, sizes[0].Max));
            case "containsIP":
                return (Contains(overload, sizes), null);
            case "containsCIDR":
                return (Contains(overload, sizes) + AddressSize.Scale(CostModel.Traversal) + One, null);
            case "sets.contains" or "sets.intersects":
                return ((sizes[0] * sizes[1]) + One, null);
            case "sets.equivalent":
                return ((sizes[0] * sizes[1] * Estimate.Fixed(2)) + One, null);
            default:
                return Standard(overload.Id, sizes);
        }
    }

    private static (Estimate Cost, Estimate? Size) Standard(string id, Estimate[] sizes)
    {
        switch (id)
        {
            case "string_to_bytes":
                return (sizes[0].Scale(CostModel.Traversal), new(sizes[0].Min, CostModel.Multiply(sizes[0].Max, 4)));
            case "bytes_to_string":
                return (sizes[0].Scale(CostModel.Traversal), new(sizes[0].Min / 4, sizes[0].Max));
            case "strings_quote":
                return (sizes[0].Scale(CostModel.Traversal), new(sizes[0].Min + 2, CostModel.Add(CostModel.Multiply(sizes[0].Max, 2), 2)));
            case "string_format":
                return (sizes[0].Scale(CostModel.Traversal), null);
            case "starts_with_string" or "ends_with_string":
                return (sizes[1].Scale(CostModel.Traversal), null);
            case "in_list":
                return (sizes[1], null);
            case "matches_string" or "matches":
                return (Match(sizes), null);
            case "contains_string":
                return (sizes[0].Scale(CostModel.Traversal) * sizes[1].Scale(CostModel.Traversal), null);
            case "add_list":
                return (One, sizes[0] + sizes[1]);
            case "add_string" or "add_bytes":
                return ((sizes[0] + sizes[1]).Scale(CostModel.Traversal), sizes[0] + sizes[1]);
            case "less_string" or "greater_string" or "less_equals_string" or "greater_equals_string" or "less_bytes" or "greater_bytes" or "less_equals_bytes"
                or "greater_equals_bytes" or "equals" or "not_equals":
                var smaller = Math.Min(sizes[0].Max, sizes[1].Max);
                return (new Estimate(smaller > 0 ? 1UL : 0, smaller).Scale(CostModel.Traversal), null);
            default:
                return (One, null);
        }
    }

    private static Estimate Match(Estimate[] sizes) => (sizes[0] + One).Scale(CostModel.Traversal) * sizes[1].Scale(CostModel.Pattern);

    private static Estimate ListTraversal(Estimate size, CelType type)
    {
        var each = One;
        if (type.Item.Kind is CelKind.String or CelKind.Bytes)
            each += Items(type).Scale(CostModel.Traversal);
        return size * each;
    }

    private static Estimate Items(CelType list) => list.Item.MaxElements is { } most ? new(0, most) : Estimate.Unknown;

    private static Estimate Contains(CelOverload overload, Estimate[] sizes) =>
        (AddressSize + AddressSize).Scale(CostModel.Traversal)
        + (overload.Parameters[1].Kind == CelKind.String ? sizes[1].Scale(CostModel.Traversal) : Estimate.Fixed(0));

    private static Estimate Joined(Estimate[] sizes, CelType list)
    {
        var result = sizes[0] * Items(list);
        if (sizes.Length < 2)
            return result;
        var separators = new Estimate(sizes[0].Min > 0 ? sizes[0].Min - 1 : 0, sizes[0].Max > 0 ? sizes[0].Max - 1 : 0);
        return result + (sizes[1] * separators);
    }

    /// <summary>The longest result replaces the shortest texts by the longest, and the other way round.</summary>
    private static Estimate Replaced(Estimate text, Estimate old, Estimate replacement)
    {
        var (most, kept) = old.Min == 0 ? (CostModel.Add(text.Max, 1), text.Max)
            : replacement.Max <= old.Min ? (0UL, text.Max) : ((text.Max / old.Min) + (text.Max % old.Min == 0 ? 0UL : 1), 0UL);
        var (least, retained) = old.Max == 0 ? (CostModel.Add(text.Min, 1), text.Min)
            : old.Max <= replacement.Min ? (0UL, text.Min) : ((text.Min / old.Max) + (text.Min % old.Max == 0 ? 0UL : 1), 0UL);
        return new(
            CostModel.Add(CostModel.Multiply(least, replacement.Min), retained), CostModel.Add(CostModel.Multiply(most, replacement.Max), kept));
    }
}
