using Platform.Cel.Values;

namespace Platform.Cel.Costs;

/// <summary>
/// What a call costs when it is made: Kubernetes' prices for its libraries by the function's name, cel-go's for the others by the overload. What can be known from the
/// arguments is taken before the call, so that it is not made where it would cost too much.
/// </summary>
internal static class RuntimeCosts
{
    public static ulong Before(CelOverload overload, CelValue[] values) =>
        Library(overload, values) ?? (overload.Function == "join" ? 0 : Standard(overload.Id, values));

    public static ulong After(CelOverload overload, CelValue result) =>
        overload.Function == "join" ? CostModel.Scale(result.CostSize, 2 * CostModel.Traversal) : 0;

    private static ulong? Library(CelOverload overload, CelValue[] values)
    {
        switch (overload.Function)
        {
            case "check":
                return CostModel.AuthorizationCheck;
            case "serviceAccount" or "path" or "group" or "resource" or "subresource" or "namespace" or "name" or "allowed" or "reason" or "error" or "errored"
                or "fieldSelector" or "labelSelector":
                return 1;
            case "isSorted" or "sum" or "max" or "min" or "indexOf" or "lastIndexOf":
                return CostModel.TraversalOf(values[0]);
            case "url" or "lowerAscii" or "upperAscii" or "substring" or "trim" or "cidr" or "isIP" or "isCIDR" or "quantity" or "isQuantity" or "base64.decode"
                or "base64.encode" or "validate":
                return CostModel.Scale(values[^1].CostSize > values[0].CostSize && overload.Function == "validate" ? values[^1].CostSize : values[0].CostSize, CostModel.Traversal);
            case "replace" or "split" or "ip.isCanonical":
                return CostModel.Scale(values[0].CostSize, 2 * CostModel.Traversal);
            case "find" or "findAll":
                return Match(values);
            case "ip":
                return overload.Id == "cidr_ip" ? 1 : CostModel.Scale(values[0].CostSize, CostModel.Traversal);
            case "masked" or "prefixLength" or "family" or "isUnspecified" or "isLoopback" or "isLinkLocalMulticast" or "isLinkLocalUnicast" or "isGlobalUnicast":
                return 1;
            case "containsIP":
                return CostModel.Scale(2 * values[0].CostSize, CostModel.Traversal)
                    + (overload.Id == "cidr_contains_ip_string" ? CostModel.Scale(values[1].CostSize, CostModel.Traversal) : 0);
            case "containsCIDR":
                return CostModel.Scale(2 * values[0].CostSize, CostModel.Traversal) + CostModel.Scale(values[0].CostSize, CostModel.Traversal) + 1
                    + (overload.Id == "cidr_contains_cidr_string" ? CostModel.Scale(values[1].CostSize, CostModel.Traversal) : 0);
            case "sign" or "asInteger" or "isInteger" or "asApproximateFloat" or "isGreaterThan" or "isLessThan" or "compareTo" or "add" or "sub":
                return 1;
            case "sets.contains" or "sets.intersects" or "sets.equivalent":
                return CostModel.Add(1, CostModel.Multiply(CostModel.Multiply(values[0].CostSize, values[1].CostSize), overload.Function == "sets.equivalent" ? 2UL : 1));
            default:
                return null;
        }
    }

    private static ulong Standard(string id, CelValue[] values)
    {
        switch (id)
        {
            case "starts_with_string" or "ends_with_string" or "string_to_bytes" or "bytes_to_string":
                return CostModel.Scale(values[0].CostSize, CostModel.Traversal);
            case "in_list":
                return values[1].CostSize;
            case "less_string" or "greater_string" or "less_equals_string" or "greater_equals_string" or "less_bytes" or "greater_bytes" or "less_equals_bytes"
                or "greater_equals_bytes" or "equals" or "not_equals":
                return CostModel.Scale(Math.Min(values[0].CostSize, values[1].CostSize), CostModel.Traversal);
            case "add_string" or "add_bytes":
                return CostModel.Scale(CostModel.Add(values[0].CostSize, values[1].CostSize), CostModel.Traversal);
            case "matches_string" or "matches":
                return Match(values);
            case "contains_string":
                return CostModel.Multiply(CostModel.Scale(values[0].CostSize, CostModel.Traversal), CostModel.Scale(values[1].CostSize, CostModel.Traversal));
            case "string_format":
                return CostModel.Add(1, CostModel.Scale(values[0].CostSize, CostModel.Traversal));
            default:
                return 1;
        }
    }

    private static ulong Match(CelValue[] values) => CostModel.Multiply(
        CostModel.Scale(CostModel.Add(values[0].CostSize, 1), CostModel.Traversal), CostModel.Scale(values[1].CostSize, CostModel.Pattern));
}
