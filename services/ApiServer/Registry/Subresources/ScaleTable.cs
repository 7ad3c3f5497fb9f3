using System.Collections.Frozen;
using Platform.Api;
using Platform.Api.Autoscaling.V1;
using Platform.ApiServer.Registry.Rules;

namespace Platform.ApiServer.Registry.Subresources;

/// <summary>How a <c>Scale</c> is shown as a table, the same for every kind that has one. It is no resource of its own: nothing but its columns is ever asked for.</summary>
internal sealed class ScaleTable : ResourceRules<Scale>
{
    /// <summary>The definition under which scales are presented.</summary>
    public static readonly ResourceDefinition Definition = new()
    {
        Group = "autoscaling",
        Version = "v1",
        Plural = "scales",
        Kind = "Scale",
        Singular = "scale",
        Namespaced = true,
        ShortNames = [],
        Categories = [],
        Verbs = FrozenSet<string>.Empty,
        Subresources = FrozenDictionary<string, SubresourceAttribute>.Empty,
        ObjectType = typeof(Scale),
        Codec = TypedCodec.Of(typeof(Scale)),
        Rules = new ScaleTable(),
    };

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Desired", "integer", Description: "Replicas that are wanted."),
        new("Available", "integer", Description: "Replicas that there are."),
        Cells.Age,
    ];

    protected override object?[] Row(Scale value, DateTimeOffset now) =>
        [value.Metadata.Name, value.Spec?.Replicas ?? 0, value.Status?.Replicas ?? 0, Cells.Since(value.Metadata.CreationTimestamp, now)];
}
