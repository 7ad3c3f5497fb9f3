using System.Text;
using Platform.Api.Core.V1;
using Platform.Api.Selectors;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Rules;
using Platform.ApiServer.Watching;
using Platform.Storage;

namespace Platform.ApiServer.Tests.Watching;

/// <summary>What the index answers must be what looking at every object answers, whatever was written before.</summary>
public sealed class SelectorIndexTests
{
    private const int Steps = 30_000;
    private static readonly ResourceDefinition Pods = BuiltInResources.Stored.Single(d => d.ObjectType == typeof(Pod));

    private readonly ResourceCache _cache = new(Pods);
    private long _revision = 1;

    private static readonly string[] Selectors =
    [
        "app=a1", "app=a1,tier in (web,db)", "app in (a1,a2,a3)", "tier=web", "tier!=web", "rare", "!rare", "rare,tier=web", "app notin (a1)",
        "missing=1", "missing", "rank>90", "rank<3,app=a1", "tier=none",
    ];

    private static readonly string[] FieldSelectors =
        ["", "spec.nodeName=n1", "spec.nodeName=", "spec.nodeName!=n1", "status.phase=Running", "metadata.name=p7", "spec.nodeName=n1,status.phase=Failed"];

    [Fact]
    public void Index_and_scan_agree_after_any_writes()
    {
        _cache.Load(KeyMap<CachedObject>.Empty, _revision);
        var random = new Random(7);
        for (var step = 1; step <= Steps; step++)
        {
            Step(random);
            if (step % (Steps / 10) == 0)
                Compare();
        }
    }

    [Fact]
    public void A_value_that_becomes_rare_again_is_listed_again()
    {
        _cache.Load(KeyMap<CachedObject>.Empty, _revision);
        for (var i = 0; i < 3 * KeyPostings.MaximumKeys; i++)
            Write($"ns/p{i:00000}", """{"app":"common"}""", "");
        var selection = Selection.Everything with { Labels = Selector.Parse("app=common") };
        _cache.Snapshot(0, selection).Candidates.ShouldBeNull();
        for (var i = 100; i < 3 * KeyPostings.MaximumKeys; i++)
            Write($"ns/p{i:00000}", """{"app":"other"}""", "");
        _cache.Snapshot(0, selection).Candidates!.Length.ShouldBe(100);
        Write("ns/p00000", """{"app":"other"}""", "");
        _cache.Snapshot(0, selection).Candidates!.Length.ShouldBe(99);
    }

    [Fact]
    public void Fields_are_read_from_the_bytes_with_their_defaults()
    {
        var set = new SelectableFieldSet(Pods);
        string[] Read(string json) => set.Read(Encoding.UTF8.GetBytes(json));
        string Value(string json, string field) => Read(json)[set.IndexOf(field)];
        const string Pod = """{"spec":{"containers":[{"x":[1,{"nodeName":"no"}]}],"nodeName":"n1","hostNetwork":true},"status":{"podIPs":[{"ip":"10.0.0.1"},{"ip":"::1"}]}}""";
        Value(Pod, "spec.nodeName").ShouldBe("n1");
        Value(Pod, "spec.hostNetwork").ShouldBe("true");
        Value(Pod, "status.podIP").ShouldBe("10.0.0.1");
        Value(Pod, "status.phase").ShouldBe("");
        Value("""{"status":{"podIP":"10.0.0.2"}}""", "status.podIP").ShouldBe("10.0.0.2");
        Value("{}", "spec.hostNetwork").ShouldBe("false");
        Value("""{"spec":null,"status":[1]}""", "spec.nodeName").ShouldBe("");
    }

    [Theory]
    [InlineData("""{"a":"1","b":"2"}""", "a=1 b=2")]
    [InlineData("""{ "a" : "1" , "b" : "2" }""", "a=1 b=2")]
    [InlineData("""{"a":"","b\u002fc":"x\"y"}""", "a= b/c=x\"y")]
    [InlineData("""{"a":null,"b":"2"}""", "a= b=2")]
    [InlineData("{}", "")]
    [InlineData("", "")]
    public void Labels_are_walked_without_parsing(string json, string expected)
    {
        var seen = new List<string>();
        var walker = new LabelWalker(Encoding.UTF8.GetBytes(json));
        while (walker.MoveNext())
            seen.Add($"{Encoding.UTF8.GetString(walker.Key)}={Encoding.UTF8.GetString(walker.Value)}");
        string.Join(' ', seen).ShouldBe(expected);
    }

    private void Step(Random random)
    {
        var key = $"{(random.Next(4) == 0 ? "other" : "ns")}/p{random.Next(2_000)}";
        if (random.Next(5) == 0)
        {
            if (_cache.Find(key) is { } known)
                _cache.Apply(new(StorageEventType.Deleted, Pods.KeyPrefix + key, Stored(key, "{}", ""), ++_revision, known.Revision, default));
            return;
        }
        var rare = random.Next(50) == 0 ? ",\"rare\":\"\"" : "";
        var labels = $$"""{"app":"a{{random.Next(200)}}","tier":"{{(random.Next(3) > 0 ? "web" : "db")}}","rank":"{{random.Next(100)}}"{{rare}}}""";
        var phase = random.Next(10) == 0 ? "Failed" : "Running";
        var spec = $$""","spec":{"nodeName":"n{{random.Next(100)}}"},"status":{"phase":"{{phase}}"}""";
        Write(key, random.Next(20) == 0 ? "{}" : labels, random.Next(10) == 0 ? "" : spec);
    }

    private void Compare()
    {
        foreach (var ns in new[] { "", "ns", "other", "nowhere" })
        {
            foreach (var labels in Selectors.Append(""))
            {
                foreach (var fields in FieldSelectors)
                {
                    var selection = new Selection(ns, Selector.Parse(labels), FieldSelector.Parse(fields));
                    var indexed = _cache.Snapshot(0, selection);
                    var scanned = _cache.Snapshot(0);
                    indexed.Matching(selection, "").Select(o => o.Key).ShouldBe(scanned.Matching(selection, "").Select(o => o.Key), $"{ns} {labels} {fields}");
                    if (ns is not ("" or "ns"))
                        continue;
                    indexed.Matching(selection, "ns/p5").Select(o => o.Key).ShouldBe(scanned.Matching(selection, "ns/p5").Select(o => o.Key));
                }
            }
        }
    }

    private void Write(string key, string labels, string rest) =>
        _cache.Apply(new(StorageEventType.Updated, Pods.KeyPrefix + key, Stored(key, labels, rest), ++_revision, _revision, default));

    private static byte[] Stored(string key, string labels, string rest) => Encoding.UTF8.GetBytes(
        $$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{key[(key.IndexOf('/') + 1)..]}}","resourceVersion":"","labels":{{labels}}}{{rest}}}""");
}
