using Platform.Images;

namespace Platform.NodeAgent.Tests.Images;

public sealed class ImageFolderTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "entrypoint": ["/start"] }""")]
    public async Task A_description_may_leave_out_anything(string description)
    {
        var folder = Directory.CreateTempSubdirectory("plt-image-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, ImageFolder.DescriptionFile), description);
            await File.WriteAllTextAsync(Path.Combine(folder, "start"), "#!/bin/sh\n");
            using var archive = new MemoryStream();
            (await ImageArchive.WriteAsync(ImageFolder.Read(folder, "test/minimal:1"), archive)).ShouldStartWith("sha256:");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
