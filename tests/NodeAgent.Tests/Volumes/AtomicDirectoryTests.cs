using System.Text;
using Platform.NodeAgent.Volumes;

namespace Platform.NodeAgent.Tests.Volumes;

public sealed class AtomicDirectoryTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("plt-volume-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_appear_under_their_names_through_the_data_link()
    {
        Write(("a", "1"), ("dir/b", "2")).ShouldBeTrue();
        File.ReadAllText(Path.Combine(_folder, "a")).ShouldBe("1");
        File.ReadAllText(Path.Combine(_folder, "dir", "b")).ShouldBe("2");
        new FileInfo(Path.Combine(_folder, "a")).LinkTarget.ShouldBe("..data/a");
        new FileInfo(Path.Combine(_folder, "..data")).LinkTarget!.ShouldStartWith("..2026_01_01_00_00_00.");
    }

    [Fact]
    public void The_same_content_changes_nothing()
    {
        Write(("a", "1"));
        var link = new FileInfo(Path.Combine(_folder, "..data")).LinkTarget;
        Write(("a", "1")).ShouldBeFalse();
        new FileInfo(Path.Combine(_folder, "..data")).LinkTarget.ShouldBe(link);
    }

    [Fact]
    public void A_change_swaps_everything_at_once_and_leaves_no_old_folder()
    {
        Write(("a", "1"), ("b", "1"));
        Write(("a", "2"), ("c", "3")).ShouldBeTrue();
        File.ReadAllText(Path.Combine(_folder, "a")).ShouldBe("2");
        File.Exists(Path.Combine(_folder, "b")).ShouldBeFalse();
        File.ReadAllText(Path.Combine(_folder, "c")).ShouldBe("3");
        Directory.GetDirectories(_folder, "..2*").Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("../out")]
    [InlineData("/abs")]
    [InlineData("a/../../b")]
    [InlineData("")]
    public void Paths_that_lead_out_are_refused(string path) => Should.Throw<VolumeException>(() => Write((path, "x")));

    [Fact]
    public void A_sub_path_through_a_link_that_leads_out_is_refused()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "out"), "/etc");
        Should.Throw<VolumeException>(() => SubPath.Resolve(_folder, "out/passwd"));
        SubPath.Resolve(_folder, "new/dir").ShouldEndWith("/new/dir");
        Directory.Exists(Path.Combine(_folder, "new", "dir")).ShouldBeTrue();
    }

    private bool Write(params (string Path, string Text)[] files) => AtomicDirectory.Write(
        _folder, files.ToDictionary(f => f.Path, f => new VolumeFile(Encoding.UTF8.GetBytes(f.Text), (UnixFileMode)420)), null, Now);
}
