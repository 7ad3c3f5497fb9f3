using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Images;

/// <summary>
/// Packs an image into an archive that is an OCI image layout and a <c>docker save</c> archive at once, so that containerd, CRI-O, podman and
/// docker import it. The same input gives the same bytes and therefore the same digests: entries are sorted, owned by root and dated 1970, and
/// layers are not compressed.
/// </summary>
public static class ImageArchive
{
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    private const string ConfigType = "application/vnd.oci.image.config.v1+json";
    private const string LayerType = "application/vnd.oci.image.layer.v1.tar";
    private const string IndexType = "application/vnd.oci.image.index.v1+json";
    private static readonly JsonSerializerOptions Compact = new() { WriteIndented = false };

    /// <summary>Writes the archive.</summary>
    /// <returns>Digest of the image's configuration, which runtimes show as the image's id, as <c>sha256:…</c>.</returns>
    public static async Task<string> WriteAsync(ImageSpec image, Stream destination, CancellationToken cancellationToken = default)
    {
        var name = ImageName.Normalize(image.Name);
        var layers = new List<Layer>();
        try
        {
            foreach (var entries in image.Layers)
                layers.Add(await PackLayerAsync(entries, cancellationToken));
            var config = Encode(ConfigDocument(image, layers));
            var manifest = Encode(ManifestDocument(config, layers));
            await using var tar = new TarWriter(destination, TarEntryFormat.Gnu, leaveOpen: true);
            await AddAsync(tar, "oci-layout", Encode(new JsonObject { ["imageLayoutVersion"] = "1.0.0" }), cancellationToken);
            await AddAsync(tar, "index.json", Encode(IndexDocument(name, manifest, image.Architecture)), cancellationToken);
            await AddAsync(tar, "manifest.json", Encode(DockerManifest(name, config, layers)), cancellationToken);
            await AddAsync(tar, BlobPath(Digest(manifest)), manifest, cancellationToken);
            await AddAsync(tar, BlobPath(Digest(config)), config, cancellationToken);
            foreach (var layer in layers.DistinctBy(l => l.Digest))
            {
                layer.Content.Position = 0;
                await tar.WriteEntryAsync(Entry(BlobPath(layer.Digest), layer.Content), cancellationToken);
            }

            return Digest(config);
        }
        finally
        {
            foreach (var layer in layers)
                await layer.Content.DisposeAsync();
        }
    }

    private static async Task<Layer> PackLayerAsync(IReadOnlyList<ImageEntry> entries, CancellationToken cancellationToken)
    {
        // A layer may be larger than memory should hold: it is put together in a file that vanishes with its handle.
        var path = Path.Combine(Path.GetTempPath(), "platform-layer-" + Guid.NewGuid().ToString("N"));
        var content = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await using (var tar = new TarWriter(content, TarEntryFormat.Gnu, leaveOpen: true))
        {
            foreach (var entry in WithParents(entries))
                await WriteEntryAsync(tar, entry, cancellationToken);
        }

        content.Position = 0;
        var digest = "sha256:" + Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        return new(digest, content.Length, content);
    }

    private static async Task WriteEntryAsync(TarWriter tar, ImageEntry entry, CancellationToken cancellationToken)
    {
        var path = entry.Path.Trim('/');
        var type = entry.LinkTarget is not null ? TarEntryType.SymbolicLink : entry.Content is null ? TarEntryType.Directory : TarEntryType.RegularFile;
        var item = new GnuTarEntry(type, type == TarEntryType.Directory ? path + "/" : path)
        {
            Mode = entry.Mode,
            ModificationTime = DateTimeOffset.UnixEpoch,
            AccessTime = DateTimeOffset.UnixEpoch,
            ChangeTime = DateTimeOffset.UnixEpoch,
        };
        if (entry.LinkTarget is not null)
            item.LinkName = entry.LinkTarget;
        await using var content = entry.Content?.Invoke();
        if (content is not null)
            item.DataStream = content;
        await tar.WriteEntryAsync(item, cancellationToken);
    }

    /// <summary>The entries in order, each once, after the folders they are in.</summary>
    private static SortedDictionary<string, ImageEntry>.ValueCollection WithParents(IReadOnlyList<ImageEntry> entries)
    {
        var all = new SortedDictionary<string, ImageEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var path = entry.Path.Trim('/');
            if (path.Length == 0)
                continue;
            if (path.Split('/').Any(part => part is "" or "." or ".."))
                throw new FormatException($"'{entry.Path}' is not a path in an image");
            for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
                all.TryAdd(path[..slash], ImageEntry.Directory(path[..slash]));
            all[path] = entry;
        }

        return all.Values;
    }

    private static JsonObject ConfigDocument(ImageSpec image, List<Layer> layers)
    {
        var config = new JsonObject();
        if (image.Config.Entrypoint.Count > 0)
            config["Entrypoint"] = Strings(image.Config.Entrypoint);
        if (image.Config.Cmd.Count > 0)
            config["Cmd"] = Strings(image.Config.Cmd);
        if (image.Config.Env.Count > 0)
            config["Env"] = Strings(image.Config.Env.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}={e.Value}"));
        if (image.Config.WorkingDir.Length > 0)
            config["WorkingDir"] = image.Config.WorkingDir;
        if (image.Config.User.Length > 0)
            config["User"] = image.Config.User;
        if (image.Config.ExposedPorts.Count > 0)
            config["ExposedPorts"] = new JsonObject(image.Config.ExposedPorts.Select(p => KeyValuePair.Create(p, (JsonNode?)new JsonObject())));
        return new JsonObject
        {
            ["created"] = "1970-01-01T00:00:00Z",
            ["architecture"] = image.Architecture,
            ["os"] = "linux",
            ["config"] = config,
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = Strings(layers.Select(l => l.Digest)) },
        };
    }

    private static JsonObject ManifestDocument(byte[] config, List<Layer> layers) => new()
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = ManifestType,
        ["config"] = Descriptor(ConfigType, Digest(config), config.Length),
        ["layers"] = new JsonArray([.. layers.Select(l => (JsonNode)Descriptor(LayerType, l.Digest, l.Size))]),
    };

    private static JsonObject IndexDocument(string name, byte[] manifest, string architecture)
    {
        var descriptor = Descriptor(ManifestType, Digest(manifest), manifest.Length);
        descriptor["platform"] = new JsonObject { ["architecture"] = architecture, ["os"] = "linux" };
        descriptor["annotations"] = new JsonObject
        {
            ["io.containerd.image.name"] = name,
            ["org.opencontainers.image.ref.name"] = name[(name.LastIndexOf(':') + 1)..],
        };
        return new() { ["schemaVersion"] = 2, ["mediaType"] = IndexType, ["manifests"] = new JsonArray(descriptor) };
    }

    private static JsonArray DockerManifest(string name, byte[] config, List<Layer> layers) => new(new JsonObject
    {
        ["Config"] = BlobPath(Digest(config)),
        ["RepoTags"] = Strings([name]),
        ["Layers"] = Strings(layers.Select(l => BlobPath(l.Digest))),
    });

    private static JsonObject Descriptor(string mediaType, string digest, long size) => new() { ["mediaType"] = mediaType, ["digest"] = digest, ["size"] = size };

    private static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(v => (JsonNode?)JsonValue.Create(v))]);

    private static byte[] Encode(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString(Compact));

    private static string Digest(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    private static string BlobPath(string digest) => "blobs/" + digest.Replace(':', '/');

    private static GnuTarEntry Entry(string path, Stream content) => new(TarEntryType.RegularFile, path)
    {
        Mode = ImageEntry.PlainMode,
        ModificationTime = DateTimeOffset.UnixEpoch,
        DataStream = content,
    };

    private static async Task AddAsync(TarWriter tar, string path, byte[] content, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content, writable: false);
        await tar.WriteEntryAsync(Entry(path, stream), cancellationToken);
    }

    private sealed record Layer(string Digest, long Size, FileStream Content);
}
