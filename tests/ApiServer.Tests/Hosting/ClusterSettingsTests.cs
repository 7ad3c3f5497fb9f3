using Platform.ServiceDefaults;

namespace Platform.ApiServer.Tests.Hosting;

public sealed class ClusterSettingsTests : IDisposable
{
    private static readonly ClusterSettings Settings = new() { Id = "0123abcd", ApiPort = 6443, PodCidr = "10.64.0.0/16", ServiceCidr = "10.128.0.0/16" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("platform-settings-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "cluster.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_saved_is_read()
    {
        Settings.Save(_folder.FullName);
        ClusterSettings.Load(_folder.FullName).ShouldBe(Settings);
        ClusterSettings.FindId(_folder.FullName).ShouldBe("0123abcd");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"id\":")]
    [InlineData("{\"id\":\"0123abcd\"}")]
    [InlineData("{\"id\":\"0123abcd\",\"apiPort\":6443,\"podCidr\":\"here\",\"serviceCidr\":\"there\"}")]
    public void A_damaged_file_is_named_together_with_what_to_do(string content)
    {
        File.WriteAllText(Path, content);
        var failure = Should.Throw<InvalidDataException>(() => ClusterSettings.Load(_folder.FullName));
        failure.Message.ShouldContain(Path);
        failure.Message.ShouldContain("./platform reset --data");
    }

    [Fact]
    public void The_id_is_found_in_a_file_that_was_cut()
    {
        Settings.Save(_folder.FullName);
        File.WriteAllText(Path, File.ReadAllText(Path)[..40]);
        ClusterSettings.FindId(_folder.FullName).ShouldBe("0123abcd");
    }
}
