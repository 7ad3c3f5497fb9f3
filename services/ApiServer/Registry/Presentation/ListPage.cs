using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>What a list answers.</summary>
/// <param name="Items">Objects in order.</param>
/// <param name="Revision">Version of the list.</param>
/// <param name="Continue">Token of the next page; null on the last.</param>
/// <param name="Remaining">How many objects follow; null where that is not known or none do.</param>
internal sealed record ListPage(IReadOnlyList<CachedObject> Items, long Revision, string? Continue, long? Remaining);
