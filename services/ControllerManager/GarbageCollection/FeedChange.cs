using System.Diagnostics;
using Platform.ControllerManager.Metadata;

namespace Platform.ControllerManager.GarbageCollection;

/// <summary>An object of any kind came, changed or went.</summary>
/// <param name="Resource">Its resource.</param>
/// <param name="Head">Its metadata, or what was last known of it.</param>
/// <param name="IsDeletion">It is gone.</param>
/// <param name="Cause">Trace context of the write.</param>
internal sealed record FeedChange(ServedResource Resource, ObjectHead Head, bool IsDeletion, ActivityContext Cause);
