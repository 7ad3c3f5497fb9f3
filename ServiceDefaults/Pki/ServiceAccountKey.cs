using System.Security.Cryptography;

namespace Platform.ServiceDefaults.Pki;

/// <summary>The ECDSA P-256 key that signs service-account tokens (ES256).</summary>
public sealed class ServiceAccountKey
{
    private ServiceAccountKey(ECDsa key)
    {
        Key = key;
        KeyId = Convert.ToBase64String(SHA256.HashData(key.ExportSubjectPublicKeyInfo())).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    /// <summary>The key pair; not safe for concurrent use, hence the locks.</summary>
    private ECDsa Key { get; }

    /// <summary>Key id in tokens and in the published key set: the hash of the public key, in base64url.</summary>
    public string KeyId { get; }

    /// <summary>The public point, for the published key set.</summary>
    public ECPoint PublicPoint => Key.ExportParameters(false).Q;

    /// <summary>Signature of the data as JWS wants it: r and s, 32 bytes each.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (Key)
            return Key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>Whether the signature is this key's over the data.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        lock (Key)
            return Key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>A key that is kept nowhere, for tests.</summary>
    public static ServiceAccountKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    internal static ServiceAccountKey LoadOrCreate(string folder)
    {
        var file = Path.Combine(folder, "sa.key");
        if (!File.Exists(file))
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            PrivateFile.Write(file, made.ExportPkcs8PrivateKeyPem());
        }

        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return new(key);
    }
}
