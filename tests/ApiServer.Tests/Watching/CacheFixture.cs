using System.Text;
using Platform.Api.Core.V1;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Rules;
using Platform.ApiServer.Watching;
using Platform.Storage;

namespace Platform.ApiServer.Tests.Watching;

/// <summary>A cache of ConfigMaps that is fed by hand.</summary>
internal sealed class CacheFixture
{
    private static readonly ResourceDefinition Definition = BuiltInResources.Stored.Single(d => d.ObjectType == typeof(ConfigMap));

    private long _revision = 10;

    public CacheFixture() => Cache.Load(KeyMap<CachedObject>.Empty, _revision);

    public ResourceCache Cache { get; } = new(Definition);

    public long Revision => _revision;

    public static byte[] Stored(string name, string label = "") => Encoding.UTF8.GetBytes(
        $$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{name}}","namespace":"ns","resourceVersion":"","labels":{"tier":"{{label}}"} } }""");

    public void Write(string name, string label = "") => Apply(StorageEventType.Updated, name, label);

    public void Delete(string name, string label = "") => Apply(StorageEventType.Deleted, name, label);

    public static List<string> Drain(Watcher watcher)
    {
        var seen = watcher.Backlog.Select(Text).ToList();
        while (watcher.Queue.TryRead(out var item))
            seen.Add(Text(item));
        return seen;
    }

    private static string Text(WatchItem item) => $"{WatchItem.NameOf(item.Type)} {item.Object.Name} {item.Object.Revision}";

    private void Apply(StorageEventType type, string name, string label) =>
        Cache.Apply(new(type, Definition.Key("ns", name), Stored(name, label), ++_revision, _revision, default));
}
