using System.Diagnostics;
using System.Formats.Tar;
using Platform.Images;

namespace Platform.NodeAgent.Tests.Images;

public sealed class PauseProgramTests
{
    [Fact]
    public async Task It_waits_and_ends_at_SIGTERM_without_an_error()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        var path = Path.Combine(Path.GetTempPath(), "plt-pause-" + Guid.NewGuid().ToString("N"));
        try
        {
            await File.WriteAllBytesAsync(path, PauseProgram.For(ImageName.HostArchitecture));
            File.SetUnixFileMode(path, ImageEntry.ExecutableMode);
            using var process = Process.Start(path);
            process.HasExited.ShouldBeFalse();
            // Signals that come before the first system call would end it the default way; wait until it sleeps in the kernel.
            await Eventually.HoldsAsync(
                async () => (await File.ReadAllTextAsync($"/proc/{process.Id}/wchan")).Contains("sig", StringComparison.Ordinal) || process.HasExited
                    || !(await File.ReadAllTextAsync($"/proc/{process.Id}/status")).Contains("SigBlk:\t0000000000000000", StringComparison.Ordinal),
                "it does not sleep");
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync().WaitAsync(Eventually.Patience);
            process.ExitCode.ShouldBe(0);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task The_same_image_always_has_the_same_bytes()
    {
        byte[] first = await PackAsync(), second = await PackAsync();
        first.ShouldBe(second);
    }

    [Fact]
    public async Task An_archive_has_the_files_of_an_OCI_layout_and_of_docker_save()
    {
        await using var tar = new TarReader(new MemoryStream(await PackAsync()));
        var names = new List<string>();
        while (await tar.GetNextEntryAsync() is { } entry)
            names.Add(entry.Name);
        names.ShouldContain("oci-layout");
        names.ShouldContain("index.json");
        names.ShouldContain("manifest.json");
        names.Count(n => n.StartsWith("blobs/sha256/", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Theory]
    [InlineData("hello", "docker.io/library/hello:latest")]
    [InlineData("hello:v1", "docker.io/library/hello:v1")]
    [InlineData("team/hello", "docker.io/team/hello:latest")]
    [InlineData("localhost:5000/hello", "localhost:5000/hello:latest")]
    [InlineData("example.com/a/b:2", "example.com/a/b:2")]
    public void Names_are_completed_as_runtimes_do(string name, string full) => ImageName.Normalize(name).ShouldBe(full);

    [Theory]
    [InlineData("")]
    [InlineData("Hello")]
    [InlineData("a b")]
    public void Names_that_are_none_are_refused(string name) => Should.Throw<FormatException>(() => ImageName.Normalize(name));

    private static async Task<byte[]> PackAsync()
    {
        using var result = new MemoryStream();
        await ImageArchive.WriteAsync(PauseImage.For("amd64"), result);
        return result.ToArray();
    }
}
