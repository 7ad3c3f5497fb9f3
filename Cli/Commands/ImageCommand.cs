using System.CommandLine;
using Platform.Cli.Lifecycle;

namespace Platform.Cli.Commands;

/// <summary><c>platform image build</c> and <c>platform image load</c>: images without a registry.</summary>
internal static class ImageCommand
{
    public static Command Create() => new("image", "Brings images onto the node without a registry.") { Build(), Load() };

    private static Command Build()
    {
        var folder = new Argument<string>("DIR") { Description = "Folder with the image's files and, optionally, image.json." };
        var name = new Option<string>("--tag", "-t") { Description = "Name of the image, such as shop/web:1.", Required = true };
        var command = new Command("build", "Packs a folder as an image and loads it.") { folder, name };
        command.Does(async (parsed, cancellationToken) =>
        {
            Console.WriteLine(await new ImageLoader(DataFolder.Of(parsed)).BuildAndLoadAsync(parsed.GetValue(folder)!, parsed.GetValue(name)!, cancellationToken));
            return 0;
        });
        return command;
    }

    private static Command Load()
    {
        var archive = new Argument<FileInfo>("FILE") { Description = "Archive that docker save, podman save or an OCI tool wrote." };
        var command = new Command("load", "Loads an image archive.") { archive };
        command.Does(async (parsed, cancellationToken) =>
        {
            var file = parsed.GetValue(archive)!;
            if (!file.Exists)
                throw new InvalidOperationException($"there is no file {file.FullName}");
            await new ImageLoader(DataFolder.Of(parsed)).LoadAsync(file.FullName, cancellationToken);
            return 0;
        });
        return command;
    }
}
