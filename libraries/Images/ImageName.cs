using System.Runtime.InteropServices;

namespace Platform.Images;

/// <summary>Image names as container runtimes resolve them: <c>hello</c> means <c>docker.io/library/hello:latest</c>.</summary>
public static class ImageName
{
    private const string DefaultRegistry = "docker.io";

    /// <summary>The architecture of this process in Go's terms, such as <c>amd64</c>.</summary>
    public static string HostArchitecture => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "amd64",
        Architecture.X86 => "386",
        Architecture.Arm => "arm",
        var other => other.ToString().ToLowerInvariant(),
    };

    /// <summary>The full name: registry, repository, and tag or digest.</summary>
    /// <exception cref="FormatException">The name is empty or has characters that no image name may have.</exception>
    public static string Normalize(string name)
    {
        if (name.Length == 0 || name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            throw new FormatException($"'{name}' is not an image name");
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : name[..slash];
        var registry = first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost" ? first : null;
        var rest = registry is null ? name : name[(slash + 1)..];
        registry ??= DefaultRegistry;
        if (registry == DefaultRegistry && !rest.Contains('/', StringComparison.Ordinal))
            rest = "library/" + rest;
        var repository = rest.Split('@')[0].Split(':')[0];
        if (repository.Length == 0 || repository.Any(char.IsAsciiLetterUpper))
            throw new FormatException($"'{name}' is not an image name: the repository must be in lower case");
        var last = rest[(rest.LastIndexOf('/') + 1)..];
        var tagged = last.Contains(':', StringComparison.Ordinal) || last.Contains('@', StringComparison.Ordinal);
        return $"{registry}/{rest}{(tagged ? "" : ":latest")}";
    }
}
