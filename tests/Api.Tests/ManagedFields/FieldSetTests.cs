using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Platform.Api.ManagedFields;

namespace Platform.Api.Tests.ManagedFields;

/// <summary>The algebra of field sets and their wire form. The rules: kubernetes.io, "Server-Side Apply", and the API's description of FieldsV1.</summary>
public sealed class FieldSetTests
{
    [Theory]
    [InlineData("""{"f:spec":{"f:replicas":{}}}""")]
    [InlineData("""{"f:data":{".":{},"f:k":{}},"f:metadata":{"f:labels":{".":{},"f:app":{}}}}""")]
    [InlineData("""{"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{},"f:ports":{".":{},"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{}}}}}}}""")]
    [InlineData("""{"f:metadata":{"f:finalizers":{".":{},"v:\"a/b\"":{}}}}""")]
    [InlineData("{}")]
    public void Wire_form_comes_back_as_it_was(string json)
    {
        var written = Encoding.UTF8.GetString(FieldsV1.Write(FieldsV1.Read(SampleDocuments.Parse(json))));
        // A lone dot in an object says what an empty object says.
        written.ShouldBe(json.Replace("{\".\":{}}", "{}", StringComparison.Ordinal));
    }

    [Fact]
    public void Steps_are_written_in_order_fields_then_keys_then_values_then_positions_and_numbers_by_size()
    {
        var set = FieldSet.Of([PathElement.Index(1)], [PathElement.Value(FieldValue.Of("x"))], [PathElement.Value(FieldValue.Of(SampleDocuments.Parse("10")))],
            [PathElement.Value(FieldValue.Of(SampleDocuments.Parse("9")))], [PathElement.Key(KeyValuePair.Create("name", FieldValue.Of("x")))],
            [PathElement.Field("b")], [PathElement.Field("a")]);
        Encoding.UTF8.GetString(FieldsV1.Write(set)).ShouldBe("""{"f:a":{},"f:b":{},"k:{\"name\":\"x\"}":{},"v:9":{},"v:10":{},"v:\"x\"":{},"i:1":{}}""");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"f:a":1}""")]
    [InlineData("""{"f":{}}""")]
    [InlineData("""{"k:{":{}}""")]
    [InlineData("""{"k:1":{}}""")]
    [InlineData("""{"i:x":{}}""")]
    [InlineData("""{"v:":{}}""")]
    [InlineData("""{"f:a":{},"f:a":{}}""")]
    public void Malformed_sets_are_refused(string json) => Should.Throw<JsonException>(() => FieldsV1.Read(SampleDocuments.Parse(json)));

    [Fact]
    public void Unknown_kinds_of_step_are_skipped() => FieldsV1.Read(SampleDocuments.Parse("""{"x:a":{"anything":1},"f:b":{}}""")).ShouldBe(FieldSet.OfFields("b"));

    [Fact]
    public void Any_set_comes_back_from_the_wire() =>
        Prop.ForAll(SampleDocuments.Sets().ToArbitrary(), s => FieldsV1.Read(FieldsV1.Write(s)).Equals(s)).QuickCheckThrowOnFailure();

    [Fact]
    public void Union_and_intersection_are_commutative_associative_and_idempotent() =>
        Prop.ForAll(SampleDocuments.Sets().Three().ToArbitrary(), t =>
            t.Item1.Union(t.Item2).Equals(t.Item2.Union(t.Item1)) && t.Item1.Intersection(t.Item2).Equals(t.Item2.Intersection(t.Item1))
            && t.Item1.Union(t.Item2.Union(t.Item3)).Equals(t.Item1.Union(t.Item2).Union(t.Item3))
            && t.Item1.Intersection(t.Item2.Intersection(t.Item3)).Equals(t.Item1.Intersection(t.Item2).Intersection(t.Item3))
            && t.Item1.Union(t.Item1).Equals(t.Item1) && t.Item1.Intersection(t.Item1).Equals(t.Item1)).QuickCheckThrowOnFailure();

    [Fact]
    public void Difference_and_intersection_are_the_two_parts_of_a_set() =>
        Prop.ForAll(SampleDocuments.Sets().Two().ToArbitrary(), t =>
            t.Item1.Difference(t.Item2).Union(t.Item1.Intersection(t.Item2)).Equals(t.Item1)
            && t.Item1.Difference(t.Item2).Intersection(t.Item2).IsEmpty && t.Item1.Union(t.Item2).Difference(t.Item2).Equals(t.Item1.Difference(t.Item2))
            && t.Item1.Count == t.Item1.Paths().Count() && t.Item1.Paths().All(p => t.Item1.Contains([.. p]))).QuickCheckThrowOnFailure();

    [Fact]
    public void Recursive_difference_leaves_nothing_below_what_is_taken() =>
        Prop.ForAll(SampleDocuments.Sets().Two().ToArbitrary(), t =>
        {
            var rest = t.Item1.RecursiveDifference(t.Item2);
            return rest.Paths().All(p => Enumerable.Range(1, p.Count).All(n => !t.Item2.Contains([.. p.Take(n)]))) && rest.Difference(t.Item1).IsEmpty;
        }).QuickCheckThrowOnFailure();
}
