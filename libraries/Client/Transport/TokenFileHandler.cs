using System.Net.Http.Headers;

namespace Platform.Client.Transport;

/// <summary>Authenticates with a token from a file that is renewed from time to time, as projected service-account tokens are.</summary>
internal sealed class TokenFileHandler(HttpMessageHandler inner, string path, TimeProvider time) : DelegatingHandler(inner)
{
    /// <summary>How long a token is used before the file is read again.</summary>
    private static readonly TimeSpan ReadEvery = TimeSpan.FromMinutes(1);

    private (string Token, DateTimeOffset Until) _current = ("", DateTimeOffset.MinValue);
    private readonly Lock _lock = new();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token());
        return base.SendAsync(request, cancellationToken);
    }

    private string Token()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (now >= _current.Until)
                _current = (File.ReadAllText(path).Trim(), now + ReadEvery);
            return _current.Token;
        }
    }
}
