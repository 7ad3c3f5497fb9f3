using System.Security.Cryptography.X509Certificates;
using Platform.ApiServer.Authentication;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Pki;

namespace Platform.ApiServer.Tests.Authentication;

public sealed class CertificateUsersTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("platform-users-");
    private readonly TestClock _clock = new();
    private readonly ClusterIdentityFiles _files;
    private readonly CertificateUsers _users;

    public CertificateUsersTests()
    {
        _files = Make("mine");
        _users = new(_files.LoadAuthority());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_certificate_is_the_same_user_on_each_connection()
    {
        var first = _users.Of(Scheduler(_files), _clock.GetUtcNow());
        first.User!.Username.ShouldBe(ComponentIdentity.Scheduler.User);
        _users.Of(Scheduler(_files), _clock.GetUtcNow()).ShouldBeSameAs(first);
    }

    [Fact]
    public void A_certificate_that_was_known_is_refused_once_it_has_expired()
    {
        using var certificate = Scheduler(_files);
        _users.Of(certificate, _clock.GetUtcNow()).User.ShouldNotBeNull();
        var late = _users.Of(certificate, new DateTimeOffset(certificate.NotAfter).AddSeconds(1));
        late.User.ShouldBeNull();
        late.Rejected.ShouldBeTrue();
    }

    [Fact]
    public void A_certificate_of_another_authority_is_refused_each_time()
    {
        using var foreign = Scheduler(Make("other"));
        for (var i = 0; i < 2; i++)
            _users.Of(foreign, _clock.GetUtcNow()).Rejected.ShouldBeTrue();
    }

    [Fact]
    public void A_connection_without_a_certificate_says_nothing() => _users.Of(null, _clock.GetUtcNow()).ShouldBeSameAs(ConnectionUser.Unknown);

    private static X509Certificate2 Scheduler(ClusterIdentityFiles files) => files.LoadClient(ComponentIdentity.Scheduler);

    private ClusterIdentityFiles Make(string name)
    {
        var files = new ClusterIdentityFiles(new(Path.Combine(_folder.FullName, name)), _clock);
        files.EnsureControlPlane(new() { Id = "0", ApiPort = 6443, PodCidr = "10.64.0.0/16", ServiceCidr = "10.128.0.0/16" });
        return files;
    }
}
