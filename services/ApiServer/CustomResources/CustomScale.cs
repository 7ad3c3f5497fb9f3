using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.ApiExtensions.V1;
using Platform.Api.Autoscaling.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.CustomResources;

/// <summary>Where a custom kind keeps what its scale shows.</summary>
internal sealed class CustomScale(CustomResourceSubresourceScale paths)
{
    private readonly string[] _specReplicas = Members(paths.SpecReplicasPath);
    private readonly string[] _statusReplicas = Members(paths.StatusReplicasPath);
    private readonly string[] _selector = Members(paths.LabelSelectorPath);

    public Scale Read(CustomObject value)
    {
        var selector = _selector.Length == 0 ? null : Find(value.Content, _selector) as JsonValue;
        return new()
        {
            Spec = new() { Replicas = Number(value.Content, _specReplicas) ?? 0 },
            Status = new()
            {
                Replicas = Number(value.Content, _statusReplicas) ?? 0,
                Selector = selector?.GetValueKind() == JsonValueKind.String ? selector.GetValue<string>() : null,
            },
        };
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

    /// <summary>What is wrong with reading the scale of an object that does not say how many replicas it wants.</summary>
    public ApiException? Missing(CustomObject value) => Number(value.Content, _specReplicas) is null
        ? ApiErrors.Internal($"the spec replicas field \".{string.Join('.', _specReplicas)}\" does not exist")
        : null;

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
