using System.Security.Cryptography.X509Certificates;
using YamlDotNet.RepresentationModel;

namespace Platform.Client.Transport;

/// <summary>What the current context of a kubeconfig file says: the server, whom to trust, and who we are.</summary>
internal sealed record Kubeconfig
{
    /// <summary>The server's address.</summary>
    public required Uri Server { get; init; }

    /// <summary>Certificates that may sign the server's; null for the machine's own trust.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Name that the server's certificate must carry where it is not the address's.</summary>
    public string? ServerName { get; init; }

    /// <summary>Whether the server's certificate is not checked at all.</summary>
    public bool Insecure { get; init; }

    /// <summary>Our certificate with its key.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Bearer token.</summary>
    public string? Token { get; init; }

    /// <summary>File that holds the bearer token and may be renewed.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Reads a kubeconfig file; relative paths in it start at its folder.</summary>
    public static Kubeconfig Load(string path)
    {
        using var text = new StringReader(File.ReadAllText(path));
        return Parse(text, Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    internal static Kubeconfig Parse(TextReader text, string folder)
    {
        var yaml = new YamlStream();
        yaml.Load(text);
        if (yaml.Documents.Count != 1 || yaml.Documents[0].RootNode is not YamlMappingNode root)
            throw new InvalidDataException("a kubeconfig must be one YAML mapping");
        var contextName = Text(root, "current-context") ?? throw new InvalidDataException("the kubeconfig has no current-context");
        var context = Named(root, "contexts", contextName, "context");
        var cluster = Named(root, "clusters", Text(context, "cluster"), "cluster");
        var user = Named(root, "users", Text(context, "user"), "user");
        var authority = Pem(cluster, "certificate-authority", folder);
        var authorities = authority is null ? null : new X509Certificate2Collection();
        authorities?.ImportFromPem(authority);
        var certificate = Pem(user, "client-certificate", folder);
        var key = Pem(user, "client-key", folder);
        return new()
        {
            Server = new((Text(cluster, "server") ?? throw new InvalidDataException("the kubeconfig's cluster has no server")).TrimEnd('/') + "/"),
            Authorities = authorities,
            ServerName = Text(cluster, "tls-server-name"),
            Insecure = Text(cluster, "insecure-skip-tls-verify") == "true",
            Certificate = certificate is null || key is null ? null : X509Certificate2.CreateFromPem(certificate, key),
            Token = Text(user, "token"),
            TokenFile = Text(user, "tokenFile") is { } file ? Path.Combine(folder, file) : null,
        };
    }

    private static string? Pem(YamlMappingNode node, string name, string folder)
    {
        if (Text(node, name + "-data") is { } data)
            return System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(data));
        return Text(node, name) is { } file ? File.ReadAllText(Path.Combine(folder, file)) : null;
    }

    private static YamlMappingNode Named(YamlMappingNode root, string list, string? name, string member)
    {
        if (root.Children.TryGetValue(new YamlScalarNode(list), out var items) && items is YamlSequenceNode sequence)
        {
            var found = sequence.Children.OfType<YamlMappingNode>().FirstOrDefault(item => Text(item, "name") == name);
            if (found is not null && found.Children.TryGetValue(new YamlScalarNode(member), out var value) && value is YamlMappingNode mapping)
                return mapping;
        }
        throw new InvalidDataException($"the kubeconfig has no {member} \"{name}\"");
    }

    private static string? Text(YamlMappingNode node, string name) =>
        node.Children.TryGetValue(new YamlScalarNode(name), out var value) && value is YamlScalarNode { Value.Length: > 0 } scalar
            ? scalar.Value
            : null;
}
