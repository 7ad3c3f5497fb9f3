using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.ApiExtensions.V1;
using Platform.Api.Errors;
using Platform.Api.ManagedFields;

namespace Platform.ApiServer.CustomResources;

/// <summary>Where a custom kind keeps what its scale shows.</summary>
internal sealed class CustomScale(CustomResourceSubresourceScale paths)
{
    private readonly string[] _specReplicas = Members(paths.SpecReplicasPath);
    private readonly string[] _statusReplicas = Members(paths.StatusReplicasPath);
    /// <summary>The field that is scaled, for those who own it.</summary>
    public FieldSet ReplicasPath { get; } = FieldSet.OfFields(string.Join('.', Members(paths.SpecReplicasPath)));

    private readonly string[] _selector = Members(paths.LabelSelectorPath);

    /// <summary>Replicas wanted, replicas there are, and the selector of their pods.</summary>
    public (int? Wanted, int? Present, string? Selector) Read(CustomObject value)
    {
        var selector = _selector.Length == 0 ? null : Find(value.Content, _selector) as JsonValue;
        return (Number(value.Content, _specReplicas) ?? throw Missing(), Number(value.Content, _statusReplicas),
            selector?.GetValueKind() == JsonValueKind.String ? selector.GetValue<string>() : null);
    }

    public void Write(CustomObject value, int replicas)
    {
        JsonObject at = value.Content;
        foreach (var member in _specReplicas.AsSpan(0, _specReplicas.Length - 1))
        {
            if (at[member] is not JsonObject next)
                at[member] = next = [];
            at = next;
        }
        at[_specReplicas[^1]] = replicas;
    }

    private ApiException Missing() => ApiErrors.Internal($"the spec replicas field \".{string.Join('.', _specReplicas)}\" does not exist");

    private static int? Number(JsonObject content, string[] path) =>
        Find(content, path) is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && int.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static JsonNode? Find(JsonNode? node, string[] path)
    {
        foreach (var member in path)
            node = (node as JsonObject)?[member];
        return node;
    }

    private static string[] Members(string? path) => (path ?? "").Split('.', StringSplitOptions.RemoveEmptyEntries);
}
