using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Pki;

namespace Platform.ApiServer.Tests.Streaming;

/// <summary>
/// The far end of the API server's connections to a node: accepts TLS with a client certificate, keeps the heads of the requests, and lets the test
/// write the answers byte by byte.
/// </summary>
internal sealed class AgentStub : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TestApiServer _server;
    private readonly string _node;

    // Held until the end: a connection that the test has no more use for would be collected, and closed, while the server still reads it.
    private readonly List<SslStream> _accepted = [];

    public AgentStub(TestApiServer server, string node)
    {
        _server = server;
        _node = node;
        server.Identities.EnsureNode(server.Settings, node);
        _listener.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The next connection, after its request's head was read.</summary>
    public async Task<(string Head, SslStream Stream)> AcceptAsync()
    {
        var socket = await _listener.AcceptTcpClientAsync();
        var stream = new SslStream(socket.GetStream());
        _accepted.Add(stream);
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = _server.Identities.LoadNodeServing(_node),
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = CertificateVerifier.ForClient(_server.Identities.LoadAuthority(), _server.Time),
        });
        stream.RemoteCertificate!.Subject.ShouldContain(ComponentIdentity.ApiServer.User);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            (await stream.ReadAsync(one)).ShouldBe(1);
            head.Append((char)one[0]);
        }

        return (head.ToString(), stream);
    }

    public static async Task WriteAsync(Stream stream, string text)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
        await stream.FlushAsync();
    }

    public static async Task<string> ReadAsync(Stream stream, int length)
    {
        var buffer = new byte[length];
        await stream.ReadExactlyAsync(buffer);
        return Encoding.ASCII.GetString(buffer);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (var stream in _accepted)
            await stream.DisposeAsync();
    }
}
