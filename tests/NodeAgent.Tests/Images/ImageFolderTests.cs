using Platform.Images;

namespace Platform.NodeAgent.Tests.Images;

public sealed class ImageFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plt-image-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_folder_with_a_short_description_can_be_packed()
    {
        File.WriteAllText(Path.Combine(_folder, "image.json"), "{ \"entrypoint\": [\"/start\"], \"symlinks\": { \"/bin/sh\": \"busybox\" } }");
        File.WriteAllText(Path.Combine(_folder, "start"), "#!/bin/sh");
        var image = ImageFolder.Read(_folder, "hello");
        image.Config.Entrypoint.ShouldBe(["/start"]);
        image.Layers[0].Select(e => e.Path).ShouldBe(["/bin/sh", "/start"], ignoreOrder: true);
        (await ImageArchive.WriteAsync(image, Stream.Null)).ShouldStartWith("sha256:");
    }

    [Theory]
    [InlineData("{ \"entrypont\": [] }")]
    [InlineData("{ \"hostFiles\": { \"/a\": \"/does/not/exist\" } }")]
    [InlineData("[")]
    public void A_description_that_is_wrong_is_refused(string description)
    {
        File.WriteAllText(Path.Combine(_folder, "image.json"), description);
        Should.Throw<InvalidDataException>(() => ImageFolder.Read(_folder, "hello"));
    }
}
