namespace Platform.ApiServer.Hosting;

/// <summary>Renews the control plane's certificates and kubeconfigs while the server runs; new connections get the new certificate.</summary>
internal sealed partial class CertificateRenewal(TlsEndpoint tls, ApiServerEndpoints endpoints, TimeProvider time, ILogger<CertificateRenewal> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(12);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!endpoints.Tls)
            return;
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                tls.Load();
            }
            catch (IOException e)
            {
                // The present certificate holds for weeks more; the next try may find room on the disk.
                LogFailure(logger, e.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Certificates could not be renewed: {Reason}")]
    private static partial void LogFailure(ILogger logger, string reason);
}
