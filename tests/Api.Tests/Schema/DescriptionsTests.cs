using System.Reflection;
using Platform.Api.Schema;

namespace Platform.Api.Tests.Schema;

/// <summary>What <c>kubectl explain</c> shows: every type and field of every resource says what it is.</summary>
public sealed class DescriptionsTests
{
    public static TheoryData<string> Resources() => [.. Declared().Select(t => t.FullName!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Resources))]
    public void Everything_that_explain_reaches_is_described(string resource)
    {
        var without = new List<string>();
        Visit(TypeSchema.Of(typeof(KubernetesObject).Assembly.GetType(resource)!), [], without);
        without.ShouldBeEmpty();
    }

    private static IEnumerable<Type> Declared() =>
        typeof(KubernetesObject).Assembly.GetTypes().Where(t => t.GetCustomAttribute<ResourceAttribute>() is not null);

    private static void Visit(TypeSchema schema, HashSet<Type> seen, List<string> without)
    {
        if (schema.Item is { } item)
            Visit(item, seen, without);
        if (schema.Shape != SchemaShape.Object || !seen.Add(schema.Type))
            return;
        if (SaysNothing(Descriptions.Of(schema.Type), schema.Type.Name))
            without.Add(schema.Type.FullName!);
        foreach (var field in schema.Fields.Values)
        {
            if (SaysNothing(Descriptions.Of(field), field.Name))
                without.Add($"{schema.Type.FullName}.{field.Name}");
            Visit(field.Type, seen, without);
        }
    }

    private static bool SaysNothing(string description, string name) =>
        description.Length == 0 || description.TrimEnd('.').Equals(name, StringComparison.OrdinalIgnoreCase);
}
