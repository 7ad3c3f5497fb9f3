namespace Platform.Storage.Tests;

public sealed class KeyMapTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_sequence_of_writes_leaves_what_a_sorted_dictionary_has(int seed)
    {
        var random = new Random(seed);
        var map = KeyMap<Item>.Empty;
        var model = new SortedDictionary<string, Item>(StringComparer.Ordinal);
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
                var item = new Item(key);
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
        var map = KeyMap<Item>.Empty;
        var keys = Enumerable.Range(0, 1_000).Select(i => $"ns/{i:d4}").ToList();
        foreach (var key in keys)
            map = map.Put(new Item(key));
        foreach (var key in keys)
            map = map.Remove(key);
        map.Count.ShouldBe(0);
        map.Range("", null).ShouldBeEmpty();
        map.Remove("ns/absent").ShouldBeSameAs(map);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(5_000)]
    public void A_map_made_at_once_is_the_one_made_by_writes(int count)
    {
        var items = Enumerable.Range(0, count).Select(i => new Item($"n{i * 7919 % 10_007}")).ToList();
        var map = KeyMap<Item>.Of(items);
        map.Count.ShouldBe(count);
        map.Range("", null).ShouldBe(items.OrderBy(i => i.Key, StringComparer.Ordinal));
        foreach (var item in items)
        {
            map.Find(item.Key).ShouldBeSameAs(item);
            map = map.Put(new(item.Key)).Put(new(item.Key + "x")).Remove(item.Key);
        }
        map.Range("", null).Select(i => i.Key).ShouldBe(items.Select(i => i.Key + "x").Order(StringComparer.Ordinal));
        map.Rank("o").ShouldBe(count);
    }

    private sealed record Item(string Key) : IKeyed;
}
