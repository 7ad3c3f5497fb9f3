using System.Collections;
using System.Text.Json;
using Platform.Api.Schema;

namespace Platform.Api.Tests.Json;

/// <summary>Objects with every field of every declared type set, to some depth.</summary>
internal static class SampleValues
{
    /// <summary>Beyond this nesting objects stay empty: some declarations contain themselves.</summary>
    private const int Depth = 7;

    public static object Of(Type type) => Make(TypeSchema.Of(type), 0)!;

    private static object? Make(TypeSchema schema, int depth) => schema.Shape switch
    {
        SchemaShape.String => "text <&> \"ü\"",
        SchemaShape.Bytes => new byte[] { 0, 1, 255 },
        SchemaShape.Time => DateTimeOffset.UnixEpoch,
        SchemaShape.MicroTime => new MicroTime(DateTimeOffset.UnixEpoch.AddTicks(10)),
        SchemaShape.Quantity => Quantity.Parse("1500m"),
        SchemaShape.IntOrString => new IntOrString("25%"),
        SchemaShape.Int32 => int.MaxValue,
        SchemaShape.Int64 => long.MaxValue,
        SchemaShape.Number => 1.5,
        SchemaShape.Boolean => true,
        SchemaShape.Raw => JsonSerializer.Deserialize<JsonElement>("""{"f:a":{}}"""),
        SchemaShape.List => List(schema, depth),
        SchemaShape.Map => Map(schema, depth),
        _ => Record(schema, depth),
    };

    private static object List(TypeSchema schema, int depth)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(schema.Item!.Type))!;
        list.Add(Make(schema.Item, depth + 1));
        return list;
    }

    private static object Map(TypeSchema schema, int depth)
    {
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), schema.Item!.Type))!;
        map["key"] = Make(schema.Item, depth + 1);
        return map;
    }

    private static object Record(TypeSchema schema, int depth)
    {
        var value = Activator.CreateInstance(schema.Type)!;
        if (depth >= Depth)
            return value;
        foreach (var field in schema.Fields.Values)
            field.Property.SetValue(value, Make(field.Type, depth + 1));
        return value;
    }
}
