using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Platform.ServiceDefaults.Pki;

namespace Platform.ApiServer.Authentication.ServiceAccounts;

/// <summary>
/// JSON web tokens in the one form that is issued here: compact, ES256, this cluster's key. Nothing else is read, so there is no
/// algorithm to be confused about, and no library to load for it.
/// </summary>
internal static class SignedToken
{
    private const string Algorithm = "ES256";

    /// <summary>Longest token that is looked at, in characters.</summary>
    private const int MaximumLength = 8 * 1024;

    public static string Sign(TokenClaims claims, ServiceAccountKey key)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new TokenHeader(Algorithm, key.KeyId), TokenJson.Default.TokenHeader);
        var body = JsonSerializer.SerializeToUtf8Bytes(claims, TokenJson.Default.TokenClaims);
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(body)}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>The claims of a token that this cluster's key has signed; null for anything else.</summary>
    public static TokenClaims? Verify(string token, ServiceAccountKey key)
    {
        if (token.Length > MaximumLength)
            return null;
        var parts = token.Split('.');
        if (parts.Length != 3)
            return null;
        try
        {
            var header = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(parts[0]), TokenJson.Default.TokenHeader);
            if (header?.Alg != Algorithm || header.Kid != key.KeyId)
                return null;
            var signature = Base64Url.DecodeFromChars(parts[2]);
            var signed = Encoding.ASCII.GetBytes(token[..(parts[0].Length + 1 + parts[1].Length)]);
            return key.Verify(signed, signature)
                ? JsonSerializer.Deserialize(Base64Url.DecodeFromChars(parts[1]), TokenJson.Default.TokenClaims)
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
