using System.Security.Cryptography.X509Certificates;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Pki;

namespace Platform.ApiServer.Tests.Authentication;

public sealed class ClusterIdentityFilesTests : IDisposable
{
    private static readonly ClusterSettings Settings = new() { Id = "0", ApiPort = 6443, PodCidr = "10.64.0.0/16", ServiceCidr = "10.128.0.0/16" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("platform-pki-");
    private readonly TestClock _clock = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Files_are_made_once_and_readable_by_their_owner_only()
    {
        Files.EnsureControlPlane(Settings);
        Files.EnsureNode(Settings, "n1");
        var before = Contents();
        before.ShouldContainKey("kubeconfig");
        before.ShouldContainKey("kubeconfigs/scheduler.kubeconfig");
        before.ShouldContainKey("kubeconfigs/node-n1.kubeconfig");
        foreach (var name in before.Keys)
            File.GetUnixFileMode(Path.Combine(_folder.FullName, name)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, name);
        Files.EnsureControlPlane(Settings);
        Files.EnsureNode(Settings, "n1");
        Contents().ShouldBe(before);
    }

    [Fact]
    public void Certificates_that_are_about_to_expire_are_made_anew_by_the_same_authority()
    {
        Files.EnsureControlPlane(Settings);
        var before = Contents();
        _clock.Advance(TimeSpan.FromDays(310));
        Files.EnsureControlPlane(Settings);
        var after = Contents();
        after["pki/ca.crt"].ShouldBe(before["pki/ca.crt"]);
        after["pki/sa.key"].ShouldBe(before["pki/sa.key"]);
        after["pki/apiserver.crt"].ShouldNotBe(before["pki/apiserver.crt"]);
        after["kubeconfig"].ShouldNotBe(before["kubeconfig"]);
    }

    [Fact]
    public void Key_that_is_not_the_certificates_is_replaced_with_it()
    {
        Files.EnsureControlPlane(Settings);
        var pki = Path.Combine(_folder.FullName, "pki");
        File.Copy(Path.Combine(pki, "scheduler.key"), Path.Combine(pki, "apiserver.key"), overwrite: true);
        Files.EnsureControlPlane(Settings);
        using var server = Files.LoadServer();
        server.HasPrivateKey.ShouldBeTrue();
    }

    [Fact]
    public void Server_answers_under_the_service_address_and_the_usual_names()
    {
        Files.EnsureControlPlane(Settings);
        using var server = Files.LoadServer();
        foreach (var name in new[] { "localhost", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local" })
            server.MatchesHostname(name).ShouldBeTrue(name);
        var names = server.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        names.EnumerateIPAddresses().Select(a => a.ToString()).ShouldContain("10.128.0.1");
        CertificateVerifier.IsSignedBy(server, Files.LoadAuthority(), _clock.GetUtcNow()).ShouldBeTrue();
    }

    private ClusterIdentityFiles Files => new(new(_folder.FullName), _clock);

    private Dictionary<string, string> Contents() => _folder.EnumerateFiles("*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(_folder.FullName, f.FullName), f => File.ReadAllText(f.FullName));
}
