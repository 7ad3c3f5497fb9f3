namespace Platform.Cluster.Tests;

/// <summary>One cluster with real containers for all tests of a class; there is none where the machine cannot have containers.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    private RunningCluster? _cluster;

    /// <summary>The cluster; skips the test where there is none.</summary>
    public RunningCluster Cluster
    {
        get
        {
            Assert.SkipWhen(_cluster is null, Checkout.ContainersUnavailable ?? "");
            return _cluster!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Checkout.ContainersUnavailable is null)
            _cluster = await RunningCluster.StartAsync();
    }

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? default;
}
