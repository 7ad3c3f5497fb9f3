using System.Text.Json;
using Platform.Api.Json;

namespace Platform.ApiServer.Registry.Rules;

/// <summary>
/// Whether two values mean the same. Clients drop zero values when they re-encode what they read, so absent, null, false, 0, "" and empty
/// collections count as equal; that is how upstream's semantic equality behaves on its non-pointer fields.
/// </summary>
internal static class SemanticEquality
{
    /// <summary>Whether the values mean the same.</summary>
    public static bool Same<T>(T? left, T? right)
    {
        if (ReferenceEquals(left, right))
            return true;
        return Same(left is null ? Null : ApiJson.Encode(left), right is null ? Null : ApiJson.Encode(right));
    }

    /// <summary>The same for values whose type is known only at run time.</summary>
    public static bool SameValue(object? left, object? right) =>
        ReferenceEquals(left, right) || Same(left is null ? Null : ApiJson.Encode(left), right is null ? Null : ApiJson.Encode(right));

    private static byte[] Null => "null"u8.ToArray();

    private static bool Same(byte[] leftBytes, byte[] rightBytes)
    {
        if (leftBytes.AsSpan().SequenceEqual(rightBytes))
            return true;
        using var leftJson = JsonDocument.Parse(leftBytes, JsonDepth.Document);
        using var rightJson = JsonDocument.Parse(rightBytes, JsonDepth.Document);
        return Same(leftJson.RootElement, rightJson.RootElement);
    }

    private static bool Same(JsonElement left, JsonElement right)
    {
        if (left.ValueKind != right.ValueKind)
            return IsZero(left) && IsZero(right);
        switch (left.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in left.EnumerateObject())
                {
                    if (right.TryGetProperty(member.Name, out var other) ? !Same(member.Value, other) : !IsZero(member.Value))
                        return false;
                }

                foreach (var member in right.EnumerateObject())
                {
                    if (!left.TryGetProperty(member.Name, out _) && !IsZero(member.Value))
                        return false;
                }

                return true;
            case JsonValueKind.Array:
                return left.GetArrayLength() == right.GetArrayLength() && left.EnumerateArray().Zip(right.EnumerateArray()).All(p => Same(p.First, p.Second));
            case JsonValueKind.String:
                return left.ValueEquals(right.GetString());
            case JsonValueKind.Number:
                return left.GetRawText() == right.GetRawText();
            default:
                return true;
        }
    }

    private static bool IsZero(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(m => IsZero(m.Value)),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Number => value.GetRawText() == "0",
        JsonValueKind.True => false,
        _ => true,
    };
}
