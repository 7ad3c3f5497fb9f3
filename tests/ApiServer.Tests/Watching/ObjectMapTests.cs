using Platform.Api.Core.V1;
using Platform.ApiServer.Registry.Rules;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Tests.Watching;

public sealed class ObjectMapTests
{
    private static readonly CachedKind Kind = MakeKind();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_sequence_of_writes_leaves_what_a_sorted_dictionary_has(int seed)
    {
        var random = new Random(seed);
        var map = ObjectMap.Empty;
        var model = new SortedDictionary<string, CachedObject>(StringComparer.Ordinal);
        for (var step = 0; step < 20_000; step++)
        {
            var key = $"ns{random.Next(3)}/n{random.Next(4_000)}";
            if (random.Next(3) == 0)
            {
                map = map.Remove(key);
                model.Remove(key);
            }
            else
            {
                var item = CachedObject.From(Kind, key, CacheFixture.Stored(key), step + 1);
                map = map.Put(item);
                model[key] = item;
            }
        }
        map.Count.ShouldBe(model.Count);
        map.Range("", null).Select(o => o.Key).ShouldBe(model.Keys);
        var from = model.Keys.ElementAt(model.Count / 3);
        map.Rank(from).ShouldBe(model.Count / 3);
        map.Range(from, "ns2/").Select(o => o.Key).ShouldBe(model.Keys.Where(k => string.CompareOrdinal(k, from) >= 0 && string.CompareOrdinal(k, "ns2/") < 0));
        model.ShouldAllBe(e => ReferenceEquals(map.Find(e.Key), e.Value));
    }

    [Fact]
    public void Removing_everything_leaves_the_empty_map()
    {
        var map = ObjectMap.Empty;
        var keys = Enumerable.Range(0, 1_000).Select(i => $"ns/{i:d4}").ToList();
        foreach (var key in keys)
            map = map.Put(CachedObject.From(Kind, key, CacheFixture.Stored(key), 1));
        foreach (var key in keys)
            map = map.Remove(key);
        map.Count.ShouldBe(0);
        map.Range("", null).ShouldBeEmpty();
        map.Remove("ns/absent").ShouldBeSameAs(map);
    }

    private static CachedKind MakeKind()
    {
        var definition = BuiltInResources.Stored.Single(d => d.ObjectType == typeof(ConfigMap));
        return new(definition, new(definition));
    }
}
