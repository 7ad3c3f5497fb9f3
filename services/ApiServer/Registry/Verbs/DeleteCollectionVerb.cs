using Platform.Api.Errors;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry.Verbs;

/// <summary>DELETE of a collection: each selected object takes the way of a deletion of its own. Answers with the list as it was.</summary>
internal sealed class DeleteCollectionVerb(WatchCaches caches, ListVerb list, ObjectDeletion deletion) : IVerb
{
    /// <summary>Deletions that are under way at once.</summary>
    private const int Parallelism = 16;

    public string Name => "deletecollection";

    public async Task HandleAsync(RegistryRequest request)
    {
        var definition = request.Definition;
        var options = await DeleteVerb.OptionsAsync(request);
        var context = request.ForWrite(options.DryRun);
        var page = await list.ReadAsync(definition, ListOptions.Of(request, caches.Of(definition)), request.Aborted);
        await Parallel.ForEachAsync(page.Items, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = request.Aborted }, async (item, _) =>
        {
            var (ns, name) = (item.Namespace.ToString(), item.Name.ToString());
            try
            {
                await deletion.DeleteAsync(context with { Info = context.Info with { Name = name, Namespace = ns } }, definition, ns, name, options);
            }
            catch (ApiException e) when (e.IsNotFound)
            {
                // Someone else was faster; it is gone all the same.
            }
        });
        await request.AnswerAsync(page);
    }
}
