using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.ManagedFields;
using Platform.Api.Schema;

namespace Platform.Api.Tests.ManagedFields;

/// <summary>The algebra of apply and of ownership, on documents.</summary>
public sealed class ServerSideApplyTests
{
    private static readonly JsonElement Nothing = SampleDocuments.Parse("{}");
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Applying_twice_is_applying_once() => Prop.ForAll(SampleDocuments.Pods().Two().ToArbitrary(), pair =>
    {
        var first = Apply((Nothing, FieldOwners.None), "other", pair.Item1);
        var once = Apply(first, "me", pair.Item2);
        var twice = Apply(once, "me", pair.Item2);
        return Same(once, twice);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Managers_of_different_fields_can_apply_in_any_order() => Prop.ForAll(SampleDocuments.Pods("m").Zip(SampleDocuments.Pods("y")).ToArbitrary(), pair =>
    {
        var left = Apply(Apply((Nothing, FieldOwners.None), "me", pair.Item1), "you", pair.Item2);
        var right = Apply(Apply((Nothing, FieldOwners.None), "you", pair.Item2), "me", pair.Item1);
        // Lists with keys and sets hold the same items; which applier came first decides only their order.
        return SameButOrder(left.Json, right.Json) && Owned(left.Owners, "me").Equals(Owned(right.Owners, "me")) && Owned(left.Owners, "you").Equals(Owned(right.Owners, "you"));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_applied_is_there_and_owned_and_the_rest_of_it_gone() => Prop.ForAll(SampleDocuments.Pods().Two().ToArbitrary(), pair =>
    {
        var before = Apply((Nothing, FieldOwners.None), "me", pair.Item1);
        var after = Apply(before, "me", pair.Item2);
        var alone = Apply((Nothing, FieldOwners.None), "me", pair.Item2);
        return FieldExtraction.Of(after.Json, SampleDocuments.Pod).Equals(FieldExtraction.Of(alone.Json, SampleDocuments.Pod))
            && Owned(after.Owners, "me").Equals(FieldOperation.Ownable(FieldExtraction.Of(pair.Item2, SampleDocuments.Pod)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_another_applier_has_stays_whatever_this_one_drops() => Prop.ForAll(SampleDocuments.Pods().Three().ToArbitrary(), t =>
    {
        var before = Apply(Apply((Nothing, FieldOwners.None), "me", t.Item1), "you", t.Item2);
        var yours = Owned(before.Owners, "you");
        var after = Apply(before, "me", t.Item3);
        var left = FieldExtraction.Of(after.Json, SampleDocuments.Pod);
        return yours.Difference(left).IsEmpty;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Comparison_with_itself_is_empty_and_with_another_covers_both() => Prop.ForAll(SampleDocuments.Pods().Two().ToArbitrary(), pair =>
    {
        var (a, b) = (ObjectComparison.Of(pair.Item1, pair.Item2, SampleDocuments.Pod), ObjectComparison.Of(pair.Item2, pair.Item1, SampleDocuments.Pod));
        return ObjectComparison.Of(pair.Item1, pair.Item1, SampleDocuments.Pod).IsSame
            && a.Added.Equals(b.Removed) && a.Removed.Equals(b.Added) && a.Modified.Equals(b.Modified)
            && a.Added.Intersection(a.Removed).IsEmpty && a.Added.Intersection(a.Modified).IsEmpty;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Updates_keep_every_field_with_at_most_one_updater() => Prop.ForAll(SampleDocuments.Pods().Three().ToArbitrary(), t =>
    {
        var owners = OwnedUpdate.UpdateAsync(FieldOwners.None, null, t.Item1, Operation("one")).Now();
        owners = OwnedUpdate.UpdateAsync(owners, t.Item1, t.Item2, Operation("two")).Now();
        owners = OwnedUpdate.UpdateAsync(owners, t.Item2, t.Item3, Operation("three")).Now();
        var sets = owners.All.Select(o => o.Value).ToList();
        return sets.SelectMany((s, i) => sets.Skip(i + 1).Select(s.Intersection)).All(s => s.IsEmpty);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Removing_all_fields_leaves_none() => Prop.ForAll(SampleDocuments.Pods().ToArbitrary(), pod =>
    {
        var all = FieldExtraction.Of(pod, SampleDocuments.Pod);
        return FieldExtraction.Of(SampleDocuments.Parse(ItemRemoval.Remove(pod, all, SampleDocuments.Pod)), SampleDocuments.Pod).IsEmpty;
    }).QuickCheckThrowOnFailure();

    private static FieldOperation Operation(string manager) => new(manager, "v1", "", SampleDocuments.Pod, null, Now);

    private static FieldSet Owned(FieldOwners owners, string manager) => owners.SetOf(new(manager, true, "", "")) ?? FieldSet.Empty;

    private static (JsonElement Json, FieldOwners Owners) Apply((JsonElement Json, FieldOwners Owners) state, string manager, JsonElement applied)
    {
        var result = ServerSideApply.ApplyAsync(state.Owners, state.Json, applied, Operation(manager), force: true).Now();
        result.Conflicts.ShouldBeEmpty();
        return (result.Json is null ? state.Json : SampleDocuments.Parse(result.Json), FieldOwners.TryDecode(result.Owners.Encode())!);
    }

    private static bool Same((JsonElement Json, FieldOwners Owners) left, (JsonElement Json, FieldOwners Owners) right) =>
        JsonElement.DeepEquals(left.Json, right.Json) && left.Owners.All.SequenceEqual(right.Owners.All);

    private static bool SameButOrder(JsonElement left, JsonElement right) => ObjectComparison.Of(left, right, SampleDocuments.Pod).IsSame;

    [Fact]
    public async Task Conflicts_that_are_more_than_can_be_listed_are_not_listed()
    {
        var (depth, width) = (400, 3_000);
        var mine = Deep("1");
        var theirs = Deep("2");
        var operation = new FieldOperation("me", "v1", "", MergeSchema.Deduced, null, DateTimeOffset.UnixEpoch);
        using var live = JsonDocument.Parse(mine, JsonDepth.Document);
        using var applied = JsonDocument.Parse(theirs, JsonDepth.Document);
        var owners = ServerSideApply.Create(live.RootElement, operation);
        var failure = await Should.ThrowAsync<ApiException>(async () =>
            await ServerSideApply.ApplyAsync(owners, live.RootElement, applied.RootElement, operation with { Manager = "you" }, force: false));
        failure.Code.ShouldBe(409);
        (await ServerSideApply.ApplyAsync(owners, live.RootElement, applied.RootElement, operation with { Manager = "you" }, force: true)).Conflicts.ShouldBeEmpty();

        string Deep(string value) => string.Concat(Enumerable.Repeat("{\"a\":", depth))
            + "{" + string.Join(',', Enumerable.Range(0, width).Select(i => $"\"{i}\":{value}")) + "}" + new string('}', depth);
    }
}
