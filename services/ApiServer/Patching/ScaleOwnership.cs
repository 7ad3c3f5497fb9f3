using System.Text.Json;
using Platform.Api.Autoscaling.V1;
using Platform.Api.ManagedFields;
using Platform.Api.Meta.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Patching;

/// <summary>
/// Applying a <c>Scale</c>. Its one field is the object's replicas: the owners of those are the owners of the scale's, and what the apply makes of
/// them is carried back into the object's entries.
/// </summary>
internal static class ScaleOwnership
{
    private static readonly FieldSet Replicas = FieldSet.OfFields("spec.replicas");

    /// <summary>The merged scale, and the object's entries after it.</summary>
    /// <exception cref="Platform.Api.Errors.ApiException">409 for conflicts.</exception>
    public static async ValueTask<(byte[] Scale, IReadOnlyList<ManagedFieldsEntry>? Entries)> ApplyAsync(
        WriteContext context, AppliedConfiguration configuration, byte[] live, IReadOnlyList<ManagedFieldsEntry>? entries, DateTimeOffset now)
    {
        var owners = FieldOwners.TryDecode(entries) ?? FieldOwners.None;
        var operation = FieldOwnership.Operation(context, configuration.Definition, UpdateKind.Main, now) with
        {
            Schema = TypedCodec.Of(typeof(Scale)).MergeSchema,
            Ignored = FieldSet.OfFields("status", "metadata"),
            // The scale has one shape, whatever the version of the object.
            Versions = null,
        };
        using var document = JsonDocument.Parse(live);
        var result = await ServerSideApply.ApplyAsync(owners.Only(Replicas), document.RootElement, configuration.Document, operation, configuration.Force);
        if (result.Conflicts.Count > 0)
            throw PatchFailure.Conflicts(result.Conflicts);
        return (result.Json ?? live, owners.With(Replicas, result.Owners).Encode());
    }
}
