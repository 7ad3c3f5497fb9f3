using FsCheck;
using FsCheck.Fluent;
using Platform.Api.Meta.V1;
using Platform.Api.Selectors;

namespace Platform.Api.Tests.Selectors;

/// <summary>Label selectors, in queries and in objects.</summary>
public sealed class SelectorTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["app"] = "hello", ["tier"] = "web", ["size"] = "10", ["in"] = "x", ["empty"] = "" };

    [Theory]
    [InlineData("", true)]
    [InlineData("app=hello", true)]
    [InlineData("app==hello", true)]
    [InlineData("app = hello , tier = web", true)]
    [InlineData("app!=hello", false)]
    [InlineData("missing!=x", true)]
    [InlineData("app in (hello, other)", true)]
    [InlineData("app in (other)", false)]
    [InlineData("app notin (other)", true)]
    [InlineData("missing notin (other)", true)]
    [InlineData("app", true)]
    [InlineData("!app", false)]
    [InlineData("!missing", true)]
    [InlineData("size>9", true)]
    [InlineData("size<10", false)]
    [InlineData("app>1", false)]
    [InlineData("in", true)]
    [InlineData("in in (x)", true)]
    [InlineData("empty=", true)]
    [InlineData("empty=,app=hello", true)]
    [InlineData("empty in ()", true)]
    [InlineData("empty in (a,)", true)]
    public void Query_matches_as_upstream(string query, bool matches) => Selector.Parse(query).Matches(Labels).ShouldBe(matches);

    [Theory]
    [InlineData("app=a=b", "found '=', expected: ',' or 'end of string'")]
    [InlineData("=x", "found '=', expected: !, identifier, or 'end of string'")]
    [InlineData("a,", "found '', expected: identifier after ','")]
    [InlineData("a,,b", "found ',', expected: identifier after ','")]
    [InlineData("a b", "found 'b', expected: in, notin, =, ==, !=, gt, lt")]
    [InlineData("a>x", "values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer")]
    public void Unreadable_query_is_refused_as_upstream(string query, string message) =>
        Should.Throw<SelectorSyntaxException>(() => Selector.Parse(query)).Message.ShouldBe("unable to parse requirement: " + message);

    [Fact]
    public void Selector_of_an_object_is_null_for_nothing_and_empty_for_everything()
    {
        Selector.From(null).Matches(Labels).ShouldBeFalse();
        Selector.From(new LabelSelector()).Matches(Labels).ShouldBeTrue();
    }

    [Fact]
    public void Selector_of_an_object_reads_as_a_query()
    {
        var selector = Selector.From(new()
        {
            MatchLabels = new Dictionary<string, string> { ["b"] = "1" },
            MatchExpressions = [new() { Key = "a", Operator = "In", Values = ["y", "x"] }, new() { Key = "c", Operator = "DoesNotExist" }],
        });
        selector.ToString().ShouldBe("a in (x,y),b=1,!c");
    }

    [Fact]
    public void Unknown_operator_in_an_object_is_refused() =>
        Should.Throw<SelectorSyntaxException>(() => Selector.From(new() { MatchExpressions = [new() { Key = "a", Operator = "Near" }] }))
            .Message.ShouldBe("\"Near\" is not a valid label selector operator");

    [Fact]
    public void Text_of_a_selector_selects_the_same()
    {
        var terms = Gen.Elements("app=hello", "app!=hello", "app in (hello,b)", "tier notin (web)", "size>5", "size<5", "!app", "other", "app");
        var queries = from count in Gen.Choose(0, 4)
                      from parts in Gen.ArrayOf(terms, count)
                      select string.Join(",", parts);
        Prop.ForAll(queries.ToArbitrary(), query =>
        {
            var selector = Selector.Parse(query);
            return Selector.Parse(selector.ToString()).Matches(Labels) == selector.Matches(Labels);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("spec.nodeName=a", "a", true)]
    [InlineData("spec.nodeName==a", "a", true)]
    [InlineData("spec.nodeName!=a", "a", false)]
    [InlineData("spec.nodeName=", "", true)]
    [InlineData(@"spec.nodeName=a\,b\=c\\", @"a,b=c\", true)]
    public void Field_selector_matches(string query, string value, bool matches) =>
        FieldSelector.Parse(query).Matches(_ => value).ShouldBe(matches);

    [Theory]
    [InlineData("spec.nodeName", "invalid selector: 'spec.nodeName'; can't understand 'spec.nodeName'")]
    [InlineData(@"a=b\x", @"invalid field selector: invalid escape sequence: \x")]
    [InlineData("a=b=c", "invalid field selector: unescaped character in value: =")]
    public void Unreadable_field_selector_is_refused(string query, string message) =>
        Should.Throw<SelectorSyntaxException>(() => FieldSelector.Parse(query)).Message.ShouldBe(message);

    [Fact]
    public void Field_values_survive_escaping() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            var value = text.Get;
            return FieldSelector.Parse(FieldSelector.Equal("f", value).ToString()).RequiredValue("f") == value;
        }).QuickCheckThrowOnFailure();
}
