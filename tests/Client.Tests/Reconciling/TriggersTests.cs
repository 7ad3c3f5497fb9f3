using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Core.V1;
using Platform.Client.Queues;
using Platform.Client.Reconciling;
using Platform.ServiceDefaults;

namespace Platform.Client.Tests.Reconciling;

/// <summary>What an instance that stands by keeps of the changes that it sees.</summary>
public sealed class TriggersTests : IAsyncLifetime
{
    private readonly WorkQueue<ObjectKey> _queue = new(TimeProvider.System);
    private TestApiServer _server = null!;

    private IInformer<ConfigMap> Informer =>
        _server.Services.GetRequiredKeyedService<IInformerFactory>(ComponentIdentity.Administrator.Component).For<ConfigMap>();

    private IResourceClient<ConfigMap> ConfigMaps => _server.ApiClientFor(ComponentIdentity.Administrator).Resource<ConfigMap>();

    public async ValueTask InitializeAsync() =>
        _server = await TestApiServer.StartAsync(new() { Configure = builder => builder.AddPlatformClient(ComponentIdentity.Administrator) });

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _queue.Dispose();
    }

    [Fact]
    public async Task Who_stands_by_holds_no_keys_and_begins_a_term_with_what_there_is()
    {
        var triggers = new Triggers(_queue, isOpen: false);
        var account = 0;
        triggers.On(Informer, change =>
        {
            Interlocked.Increment(ref account);
            return change.Object.Metadata.Namespace == "default" ? [ObjectKey.Of(change.Object)] : [];
        });
        triggers.From(_ => { }, () => [new("other", "present")]);
        await CreateAsync("gone");
        await CreateAsync("stays");
        await ConfigMaps.DeleteAsync("default", "gone");
        await SeenAsync(() => Informer.Get("default", "stays") is not null && Informer.Get("default", "gone") is null);
        _queue.Length.ShouldBe(0);
        account.ShouldBeGreaterThan(0, "who keeps account of changes sees them also while another leads");

        triggers.Open();
        (await TakenAsync(2)).ShouldBe(["default/stays", "other/present"]);
        await CreateAsync("during");
        (await TakenAsync(1)).ShouldBe(["default/during"]);

        triggers.Close();
        await CreateAsync("after");
        await SeenAsync(() => Informer.Get("default", "after") is not null);
        _queue.Length.ShouldBe(0);
        triggers.Open();
        (await TakenAsync(4)).ShouldBe(["default/after", "default/during", "default/stays", "other/present"]);
    }

    private Task CreateAsync(string name) => ConfigMaps.CreateAsync(new() { Metadata = new() { Namespace = "default", Name = name } });

    /// <summary>Waits until the informer has delivered what makes something so. Handlers are called in order: one that was added later comes last.</summary>
    private async Task SeenAsync(Func<bool> isSo)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Informer.AddHandler(_ =>
        {
            if (isSo())
                seen.TrySetResult();
        });
        await seen.Task.WaitAsync(Eventually.Patience);
    }

    private async Task<IEnumerable<string>> TakenAsync(int count)
    {
        using var limit = new CancellationTokenSource(Eventually.Patience);
        List<string> keys = [];
        while (keys.Count < count)
        {
            var key = (await _queue.TakeAsync(limit.Token))!.Value.Key;
            _queue.Done(key);
            keys.Add(key.ToString());
        }
        _queue.Length.ShouldBe(0);
        return keys.Order(StringComparer.Ordinal);
    }
}
