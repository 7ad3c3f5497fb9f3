namespace Platform.Images;

/// <summary>The image of a pod's sandbox: one program that waits, see <see cref="PauseProgram"/>. Made here, so that nothing must be pulled.</summary>
public static class PauseImage
{
    /// <summary>Full name of the image. The tag changes with the program, so that a node never keeps an old one.</summary>
    public const string Name = "platform.local/pause:1";

    private const string ProgramPath = "/pause";

    /// <summary>The image for an architecture in Go's terms.</summary>
    /// <exception cref="PlatformNotSupportedException">There is no program for the architecture.</exception>
    public static ImageSpec For(string architecture) => new()
    {
        Name = Name,
        Architecture = architecture,
        Layers = [[ImageEntry.File(ProgramPath, PauseProgram.For(architecture), ImageEntry.ExecutableMode)]],
        Config = new() { Entrypoint = [ProgramPath], User = "65535:65535" },
    };
}
