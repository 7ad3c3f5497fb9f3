using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Platform.Api.Core.V1;
using Platform.Api.Json;

namespace Platform.ControllerManager.Deployments;

/// <summary>
/// The label that tells the replica sets of one deployment apart. It is a hash of the pod template as canonical JSON (keys sorted, absent
/// fields left out), so that equal templates have equal hashes whatever order a client wrote their labels in. The text uses upstream's
/// alphabet, which has no vowels and no digits that look like them, so that no words arise and it is valid in labels and names.
/// </summary>
internal static class TemplateHash
{
    public const string Label = "pod-template-hash";
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <param name="template">Template of the deployment.</param>
    /// <param name="collisionCount">How often the name made from the hash turned out to be taken by something else.</param>
    public static string Compute(PodTemplateSpec template, int collisionCount)
    {
        const uint offset = 2166136261, prime = 16777619;
        var hash = offset;
        foreach (var b in Canonical(template).Span)
            hash = (hash ^ b) * prime;
        for (var shift = 0; collisionCount > 0 && shift < 32; shift += 8)
            hash = (hash ^ (byte)(collisionCount >> shift)) * prime;
        return string.Concat(hash.ToString(CultureInfo.InvariantCulture).Select(c => Alphabet[c % Alphabet.Length]));
    }

    /// <summary>Whether two templates make the same pods; the hash label itself does not count.</summary>
    public static bool Same(PodTemplateSpec? left, PodTemplateSpec? right) =>
        ReferenceEquals(left, right)
        || left is not null && right is not null && Canonical(left).Span.SequenceEqual(Canonical(right).Span);

    /// <summary>The template with the hash label.</summary>
    public static PodTemplateSpec With(PodTemplateSpec template, string hash) =>
        template with { Metadata = (template.Metadata ?? new()) with { Labels = With(template.Metadata?.Labels, hash) } };

    /// <summary>Labels with the hash label.</summary>
    public static IReadOnlyDictionary<string, string> With(IReadOnlyDictionary<string, string>? labels, string hash) =>
        new Dictionary<string, string>(labels ?? new Dictionary<string, string>()) { [Label] = hash };

    private static ReadOnlyMemory<byte> Canonical(PodTemplateSpec template)
    {
        var labels = template.Metadata?.Labels?.Where(l => l.Key != Label).ToDictionary();
        // A template has no identity: what a client left in its other metadata fields makes no other pod.
        var metadata = new Api.Meta.V1.ObjectMeta
        {
            Labels = labels is { Count: > 0 } ? labels : null,
            Annotations = template.Metadata?.Annotations is { Count: > 0 } annotations ? annotations : null,
            Finalizers = template.Metadata?.Finalizers,
        };
        using var document = JsonDocument.Parse(ApiJson.Encode(template with { Metadata = metadata }));
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            WriteSorted(document.RootElement, writer);
        return buffer.WrittenMemory;
    }

    private static void WriteSorted(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    WriteSorted(property.Value, writer);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    WriteSorted(item, writer);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
