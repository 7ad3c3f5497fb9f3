using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Core.V1;
using Platform.ServiceDefaults;

namespace Platform.Client.Tests.Server;

/// <summary>The client against the real API server: what both sides must agree on.</summary>
public sealed class RealServerTests : IAsyncLifetime
{
    private static readonly ComponentIdentity Admin = ComponentIdentity.Administrator;

    private TestApiServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await TestApiServer.StartAsync(new() { Configure = builder => builder.AddPlatformClient(Admin) });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private IResourceClient<ConfigMap> ConfigMaps => _server.Services.GetRequiredKeyedService<IApiClient>(Admin.Component).Resource<ConfigMap>();

    [Fact]
    public async Task Objects_go_through_all_verbs()
    {
        var made = await ConfigMaps.CreateAsync(Map("a", "1"));
        made.Metadata.Uid.ShouldNotBeNullOrEmpty();
        var updated = await ConfigMaps.UpdateAsync(made with { Data = new Dictionary<string, string> { ["k"] = "2" } });
        (await Should.ThrowAsync<Api.Errors.ApiException>(() => ConfigMaps.UpdateAsync(made))).IsConflict.ShouldBeTrue();
        var patched = await ConfigMaps.PatchAsync("default", "a", PatchType.Merge, """{"data":{"k":"3"}}"""u8.ToArray());
        patched.Value().ShouldBe("3");
        (await ConfigMaps.GetAsync("default", "a")).Metadata.ResourceVersion.ShouldBe(patched.Metadata.ResourceVersion);
        (await ConfigMaps.ListAsync("default", new() { FieldSelector = "metadata.name=a" })).Items.ShouldHaveSingleItem();
        await ConfigMaps.DeleteAsync("default", "a");
        (await ConfigMaps.FindAsync("default", "a")).ShouldBeNull();
        updated.Value().ShouldBe("2");
    }

    [Fact]
    public async Task An_informer_follows_and_is_told_the_cause()
    {
        var informer = _server.Services.GetRequiredKeyedService<IInformerFactory>(Admin.Component).For<ConfigMap>();
        await informer.WaitForSyncAsync(Limit());
        var seen = new TaskCompletionSource<InformerEvent<ConfigMap>>(TaskCreationOptions.RunContinuationsAsynchronously);
        informer.AddHandler(change =>
        {
            if (change.Object.Metadata.Name == "caused")
                seen.TrySetResult(change);
        });
        using var activity = new Activity("apply").Start();
        activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        await ConfigMaps.CreateAsync(Map("caused", "1"));
        var change = await seen.Task.WaitAsync(Limit());
        change.Old.ShouldBeNull();
        change.Cause.TraceId.ShouldBe(activity.TraceId);
    }

    [Fact]
    public async Task Events_are_counted_up()
    {
        var map = await ConfigMaps.CreateAsync(Map("noisy", "1"));
        var recorder = _server.Services.GetRequiredKeyedService<IEventRecorder>(Admin.Component);
        for (var i = 0; i < 3; i++)
            recorder.Warning(map, "Failing", "cannot do it");
        var events = _server.Services.GetRequiredKeyedService<IApiClient>(Admin.Component).Resource<Event>();
        var found = (await events.UntilAsync("default", all => all is [{ Count: 3 }], query: new() { FieldSelector = "involvedObject.name=noisy" }))[0];
        found.Reason.ShouldBe("Failing");
        found.InvolvedObject!.Uid.ShouldBe(map.Metadata.Uid);
        found.Type.ShouldBe("Warning");
    }

    private static CancellationToken Limit() => new CancellationTokenSource(Eventually.Patience).Token;

    private static ConfigMap Map(string name, string value) => new()
    {
        Metadata = new() { Namespace = "default", Name = name },
        Data = new Dictionary<string, string> { ["k"] = value },
    };
}
