namespace Platform.Cluster.Tests;

/// <summary>A client of a service that uses a new connection for each request, so that each can reach another pod.</summary>
internal sealed class ServiceClient(string address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(5) };

    public async Task<string> GetAsync() => (await _http.GetStringAsync($"http://{address}/")).Trim();

    /// <summary>The answers of many requests, one after the other.</summary>
    public async Task<HashSet<string>> AnswersAsync(int requests)
    {
        var answers = new HashSet<string>();
        for (var i = 0; i < requests; i++)
            answers.Add(await GetAsync());
        return answers;
    }

    /// <summary>Sends requests without a pause until told to stop, and returns what failed.</summary>
    public async Task<(int Sent, List<string> Failures)> HammerAsync(CancellationToken stop)
    {
        var failures = new List<string>();
        var sent = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                sent++;
                (await GetAsync()).ShouldStartWith("hello from");
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or ShouldAssertException)
            {
                failures.Add(failure.Message);
            }
        }

        return (sent, failures);
    }

    public void Dispose() => _http.Dispose();
}
