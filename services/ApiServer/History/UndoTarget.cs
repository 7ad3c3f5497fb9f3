using System.Globalization;
using Platform.Api;
using Platform.Api.Errors;
using Platform.Storage;

namespace Platform.ApiServer.History;

/// <summary>Which earlier revision an undo goes back to, and what it takes from it.</summary>
internal static class UndoTarget
{
    /// <summary>
    /// The revision that was asked for, or without one the state before the latest change that was not only of the status. Undoing twice
    /// therefore leads back to where one was.
    /// </summary>
    /// <param name="revisions">The object's history, newest first.</param>
    /// <param name="wanted">Revision to go back to; null for the one before the latest change.</param>
    /// <exception cref="ApiException">400 or 404 where there is no such state.</exception>
    public static async Task<HistoricalRevision> FindAsync(IAsyncEnumerable<HistoricalRevision> revisions, long? wanted)
    {
        HistoricalRevision? undone = null;
        var oldest = 0L;
        await foreach (var revision in revisions)
        {
            oldest = revision.Revision;
            if (wanted == oldest && revision.Type == StorageEventType.Deleted)
                throw ApiErrors.BadRequest($"revision {Text(oldest)} is a deletion: there is nothing to go back to; delete the object instead");
            if (wanted == oldest || (wanted is null && undone is not null && revision.Type != StorageEventType.Deleted))
                return revision;
            if (!revision.Cause.Minor)
                undone ??= revision;
        }

        throw ApiErrors.BadRequest(wanted is { } missing
            ? $"revision {Text(missing)} is not in the object's history; its oldest retained revision is {Text(oldest)}"
            : "the object's history has nothing before its latest change");
    }

    /// <summary>
    /// What an undo writes over an object that exists: what people set, as it was. Identity, owners and finalizers stay: they say what
    /// the object is tied to now. The status is not written by this kind of update anyway. The version is that of the present object only for kinds
    /// that insist on one; elsewhere the undo is tried again on whatever comes in between.
    /// </summary>
    public static KubernetesObject Over(KubernetesObject present, KubernetesObject earlier, bool unconditional)
    {
        earlier.Metadata = present.Metadata with
        {
            Labels = earlier.Metadata.Labels,
            Annotations = earlier.Metadata.Annotations,
            ResourceVersion = unconditional ? null : present.Metadata.ResourceVersion,
        };
        return earlier;
    }

    /// <summary>
    /// What an undo of a deletion creates. Nobody owns it: the owner may be gone too, and the garbage collector would take the object away
    /// at once; a controller that wants it adopts it. Finalizers are for those to add who will take them away again.
    /// </summary>
    public static KubernetesObject Anew(KubernetesObject earlier)
    {
        var before = earlier.Metadata;
        earlier.Metadata = new() { Name = before.Name, Namespace = before.Namespace, Labels = before.Labels, Annotations = before.Annotations };
        return earlier;
    }

    private static string Text(long revision) => revision.ToString(CultureInfo.InvariantCulture);
}
