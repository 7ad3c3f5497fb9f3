using System.Text;
using System.Text.Json;
using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>Secrets: keys each type needs, a size that fits the store, no change of type, and no change at all once immutable.</summary>
internal sealed class SecretRules : ResourceRules<Secret>
{
    private const string Opaque = "Opaque";
    private const string TokenType = "kubernetes.io/service-account-token";

    private static readonly SelectableField[] Fields =
    [
        new("type"),
    ];

    public override IReadOnlyList<SelectableField> SelectableFields => Fields;

    public override IReadOnlyList<TableColumn> Columns { get; } =
        [Cells.Name, new("Type", Description: "What the secret is for."), new("Data", Description: "Number of keys."), Cells.Age];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    /// <summary>Texts written for convenience become data; they are never stored as such.</summary>
    protected override void Default(Secret value)
    {
        if (string.IsNullOrEmpty(value.Type))
            value.Type = Opaque;
        if (value.StringData is not { Count: > 0 } texts)
        {
            value.StringData = null;
            return;
        }

        var data = new Dictionary<string, byte[]>(value.Data ?? new Dictionary<string, byte[]>(), StringComparer.Ordinal);
        foreach (var (key, text) in texts)
            data[key] = Encoding.UTF8.GetBytes(text);
        value.Data = data;
        value.StringData = null;
    }

    protected override bool PrepareForUpdate(Secret value, Secret old)
    {
        if (value.Type == Opaque && !string.IsNullOrEmpty(old.Type) && old.Type != Opaque)
            value.Type = old.Type;
        return false;
    }

    protected override IEnumerable<FieldError> Validate(Secret value)
    {
        var data = value.Data ?? new Dictionary<string, byte[]>();
        foreach (var key in data.Keys)
        {
            foreach (var error in NameFormats.ConfigKey(key))
                yield return FieldError.Invalid($"data[{key}]", key, error);
        }

        if (data.Values.Sum(v => (long)v.Length) > ConfigMapRules.LargestData)
            yield return FieldError.TooLong("data", ConfigMapRules.LargestData);
        foreach (var error in OfType(value, data))
            yield return error;
    }

    protected override IEnumerable<FieldError> ValidateUpdate(Secret value, Secret old)
    {
        if (value.Type != old.Type)
            yield return FieldError.Invalid("type", value.Type, "field is immutable");
        if (old.Immutable != true)
            yield break;
        if (value.Immutable != true)
            yield return FieldError.Forbidden("immutable", "field is immutable when `immutable` is set");
        if (!SemanticEquality.Same(value with { Metadata = new(), Immutable = true, Type = old.Type }, old with { Metadata = new() }))
            yield return FieldError.Forbidden("data", "field is immutable when `immutable` is set");
    }

    protected override object?[] Row(Secret value, DateTimeOffset now) =>
        [value.Metadata.Name, value.Type, value.Data?.Count ?? 0, Cells.Since(value.Metadata.CreationTimestamp, now)];

    private static IEnumerable<FieldError> OfType(Secret value, IReadOnlyDictionary<string, byte[]> data)
    {
        switch (value.Type)
        {
            case TokenType when string.IsNullOrEmpty(value.Metadata.Annotations?.GetValueOrDefault("kubernetes.io/service-account.name")):
                yield return FieldError.Required("metadata.annotations[kubernetes.io/service-account.name]");
                break;
            case "kubernetes.io/dockerconfigjson":
                if (!data.TryGetValue(".dockerconfigjson", out var config))
                    yield return FieldError.Required("data[.dockerconfigjson]");
                else if (!IsJson(config))
                    yield return FieldError.Invalid("data[.dockerconfigjson]", "<secret contents redacted>", "invalid character in JSON");
                break;
            case "kubernetes.io/basic-auth" when !data.ContainsKey("username") && !data.ContainsKey("password"):
                yield return FieldError.Required("data[username]");
                yield return FieldError.Required("data[password]");
                break;
            case "kubernetes.io/ssh-auth" when !data.TryGetValue("ssh-privatekey", out var key) || key.Length == 0:
                yield return FieldError.Required("data[ssh-privatekey]");
                break;
            case "kubernetes.io/tls":
                if (!data.ContainsKey("tls.crt"))
                    yield return FieldError.Required("data[tls.crt]");
                if (!data.ContainsKey("tls.key"))
                    yield return FieldError.Required("data[tls.key]");
                break;
            default:
                break;
        }
    }

    private static bool IsJson(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
