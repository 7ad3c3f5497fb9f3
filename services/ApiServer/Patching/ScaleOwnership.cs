using System.Text.Json;
using Platform.Api.Autoscaling.V1;
using Platform.Api.ManagedFields;
using Platform.Api.Meta.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Patching;

/// <summary>
/// Applying a <c>Scale</c>. Its one field is the object's replicas, wherever the kind's version keeps them: who owns those owns the scale's, and what the
/// apply makes of that is carried back into the object's entries. In between the entries speak of the scale, in its version.
/// </summary>
internal static class ScaleOwnership
{
    private const string ScaleVersion = "autoscaling/v1";

    private static readonly FieldSet Replicas = FieldSet.OfFields("spec.replicas");

    /// <summary>The merged scale, and the object's entries after it.</summary>
    /// <exception cref="Platform.Api.Errors.ApiException">409 for conflicts.</exception>
    public static async ValueTask<(byte[] Scale, IReadOnlyList<ManagedFieldsEntry>? Entries)> ApplyAsync(
        WriteContext context, AppliedConfiguration configuration, byte[] live, IReadOnlyList<ManagedFieldsEntry>? entries, DateTimeOffset now)
    {
        var owners = FieldOwners.TryDecode(entries) ?? FieldOwners.None;
        var definition = configuration.Definition;
        var operation = FieldOwnership.Operation(context, definition, UpdateKind.Main, now) with
        {
            ApiVersion = ScaleVersion,
            Schema = TypedCodec.Of(typeof(Scale)).MergeSchema,
            Ignored = FieldSet.OfFields("status", "metadata"),
            // The scale has one shape, whatever the version of the object.
            Versions = null,
        };
        using var document = JsonDocument.Parse(live);
        var result = await ServerSideApply.ApplyAsync(OfScale(owners, definition), document.RootElement, configuration.Document, operation, configuration.Force);
        if (result.Conflicts.Count > 0)
            throw PatchFailure.Conflicts(result.Conflicts);
        return (result.Json ?? live, OfObject(owners, result.Owners, definition).Encode());
    }

    /// <summary>The object's owners as far as they own its replicas, as owners of the scale.</summary>
    private static FieldOwners OfScale(FieldOwners owners, ResourceDefinition definition)
    {
        var scale = FieldOwners.None;
        foreach (var (id, set) in owners.All)
        {
            if (Place(definition, owners.VersionOf(id)!) is (_, { } place) && Has(set, place))
                scale = scale.With(InScale(id), Replicas, ScaleVersion, owners.TimeOf(id));
        }

        return scale;
    }

    /// <summary>The object's owners, with those of the scale as the owners of its replicas. Entries of versions that are gone go, too.</summary>
    private static FieldOwners OfObject(FieldOwners owners, FieldOwners scale, ResourceDefinition definition)
    {
        var result = owners;
        var kept = new HashSet<ManagerId>();
        foreach (var (id, set) in owners.All)
        {
            var version = owners.VersionOf(id)!;
            var (isKnown, place) = Place(definition, version);
            if (!isKnown)
                result = result.With(id, FieldSet.Empty, version, null);
            else if (place is null || !Has(set, place))
                continue;
            else if (scale.SetOf(InScale(id)) is null)
                result = result.With(id, set.Difference(place), version, owners.TimeOf(id));
            else
                kept.Add(InScale(id));
        }

        var replicas = Place(definition, definition.ApiVersion).Replicas!;
        foreach (var (id, set) in scale.All)
        {
            if (kept.Contains(id) || !Has(set, Replicas))
                continue;
            var inObject = id.IsApply ? id : id with { ApiVersion = definition.ApiVersion };
            result = result.With(inObject, (result.SetOf(inObject) ?? FieldSet.Empty).Union(replicas), definition.ApiVersion, scale.TimeOf(id));
        }

        return result;
    }

    private static ManagerId InScale(ManagerId id) => id.IsApply ? id : id with { ApiVersion = ScaleVersion };

    private static bool Has(FieldSet set, FieldSet path) => !set.Intersection(path).IsEmpty;

    /// <summary>Whether there is such a version of the kind, and where it keeps its replicas; null where it is not scaled.</summary>
    private static (bool IsKnown, FieldSet? Replicas) Place(ResourceDefinition definition, string apiVersion)
    {
        var version = definition.Versions.FirstOrDefault(v => v.ApiVersion == apiVersion);
        return (version is not null, version is { IsCustom: true } ? version.Scale?.ReplicasPath : Replicas);
    }
}
