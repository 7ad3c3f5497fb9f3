using System.Runtime.InteropServices;
using System.Text.Json;
using Platform.Api;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.ManagedFields;
using Platform.Api.Meta.V1;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Patching;

/// <summary>
/// Keeps <c>metadata.managedFields</c> through creates and updates. What a write owns is decided by the object as the client sent it, after
/// defaults and before admission and the kind's rules change it, as upstream does. Clients may hand over other entries than the stored ones, which is how
/// ownership is edited; entries that make no sense, or none, mean the stored ones; one empty entry, or an empty list, drops them all.
/// </summary>
internal static class FieldOwnership
{
    /// <summary>The entries of an object that is created.</summary>
    /// <param name="given">Entries that the client sent.</param>
    public static async ValueTask<IReadOnlyList<ManagedFieldsEntry>?> OfCreateAsync(
        WriteContext context, ResourceDefinition definition, KubernetesObject value, IReadOnlyList<ManagedFieldsEntry>? given, DateTimeOffset now)
    {
        if (context.IsApply)
            return given;
        var owners = IsReset(given) ? FieldOwners.None : FieldOwners.TryDecode(given) ?? FieldOwners.None;
        using var document = JsonDocument.Parse(ObjectWrites.Encode(definition, value), JsonDepth.Document);
        return (await OwnedUpdate.UpdateAsync(owners, null, document.RootElement, Operation(context, definition, UpdateKind.Main, now))).Encode();
    }

    /// <summary>The entries of an object that is updated; the value has none at this point.</summary>
    /// <param name="given">Entries that the client sent.</param>
    public static async ValueTask<IReadOnlyList<ManagedFieldsEntry>?> OfUpdateAsync(WriteContext context, ResourceDefinition definition, UpdateKind kind, CachedObject current,
        KubernetesObject value, KubernetesObject old, IReadOnlyList<ManagedFieldsEntry>? given, DateTimeOffset now)
    {
        if (context.IsApply)
            return given;
        var stored = old.Metadata.ManagedFields;
        if (context.FieldManager is null)
            return stored;
        var isSubresource = context.Info.Subresource.Length > 0;
        if (!isSubresource && IsReset(given))
            return null;
        var owners = (isSubresource ? null : FieldOwners.TryDecode(given)) is { IsEmpty: false } edited ? edited : FieldOwners.TryDecode(stored);
        // Who writes an object that nobody is known to own is not recorded either, until somebody applies it.
        if (owners is null or { IsEmpty: true })
            return null;
        var resourceVersion = value.Metadata.ResourceVersion;
        using var after = JsonDocument.Parse(ObjectWrites.Encode(definition, value), JsonDepth.Document);
        value.Metadata.ResourceVersion = resourceVersion;
        using var before = JsonDocument.Parse(ManagedFieldsBytes.Cut(current.Bytes, out _), JsonDepth.Document);
        try
        {
            return (await OwnedUpdate.UpdateAsync(owners, before.RootElement, after.RootElement, Operation(context, definition, kind, now))).Encode();
        }
        catch (ApiException)
        {
            // As upstream: who cannot be said to own what any more owns nothing. A webhook that is down must not keep anybody from writing the stored version.
            return null;
        }
    }

    /// <summary>
    /// Puts back entries that admission has broken. Webhooks that do not know the field send it back in forms that nobody could use again.
    /// </summary>
    public static void RestoreBroken(WriteContext context, KubernetesObject admitted, KubernetesObject before)
    {
        if (FieldOwners.TryDecode(admitted.Metadata.ManagedFields) is not null)
            return;
        admitted.Metadata.ManagedFields = before.Metadata.ManagedFields;
        context.Warnings.Add(".metadata.managedFields was in an invalid state after admission; this could be caused by an outdated mutating admission"
            + " controller; please fix your requests: an entry cannot be decoded");
    }

    /// <summary>
    /// The object's bytes; where nothing but the times of managedFields differs from the stored object, those are put back, so that a write that
    /// changes nothing writes nothing.
    /// </summary>
    public static byte[] WithoutIdleTimes(byte[] bytes, ResourceDefinition definition, KubernetesObject value, KubernetesObject old, CachedObject current)
    {
        var (entries, stored) = (value.Metadata.ManagedFields, old.Metadata.ManagedFields);
        if (ReferenceEquals(entries, stored) || entries is null || stored is null || entries.Count != stored.Count
            || !entries.Zip(stored).All(p => DifferInTime(p.First, p.Second)))
            return bytes;
        value.Metadata.ManagedFields = stored;
        var timeless = ObjectWrites.Encode(definition, value);
        if (Stamp.IsUnchanged(timeless, current.Bytes.Span, current.Revision))
            return timeless;
        value.Metadata.ManagedFields = entries;
        return bytes;
    }

    /// <summary>The write, as far as the ownership of fields is concerned.</summary>
    public static FieldOperation Operation(WriteContext context, ResourceDefinition definition, UpdateKind kind, DateTimeOffset now) =>
        new(context.FieldManager ?? "", definition.ApiVersion, context.Info.Subresource, definition.Codec.MergeSchema,
            ResetFields.Of(definition, kind), ObjectMetadata.WholeSeconds(now)) { Versions = new FieldVersions(definition, context.Aborted) };

    private static bool IsReset(IReadOnlyList<ManagedFieldsEntry>? given) =>
        given is { Count: 0 } || (given is { Count: 1 } && given[0] == new ManagedFieldsEntry());

    private static bool DifferInTime(ManagedFieldsEntry left, ManagedFieldsEntry right) =>
        left with { Time = null, FieldsV1 = null } == right with { Time = null, FieldsV1 = null }
        && left.FieldsV1 is { } a && right.FieldsV1 is { } b && JsonMarshal.GetRawUtf8Value(a).SequenceEqual(JsonMarshal.GetRawUtf8Value(b));
}
