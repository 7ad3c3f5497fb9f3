using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Api.ApiExtensions.V1;
using Platform.Api.Json;
using Platform.ApiServer.CustomResources;
using Platform.ApiServer.CustomResources.Definitions;
using Platform.ApiServer.CustomResources.Schemas;

namespace Platform.ApiServer.Tests.CustomResources;

/// <summary>Random schemas and random documents: the engine answers, within bounds, whatever it is given.</summary>
public sealed class SchemaFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);
    private static readonly string[] Names = ["a", "b", "c", "metadata", "kind", ""];
    private static readonly string[] Types = ["object", "array", "string", "integer", "number", "boolean", "null", "odd"];

    [Fact]
    public void Engine_answers_random_schemas_and_documents()
    {
        var random = new Random(Seed);
        var clock = Stopwatch.StartNew();
        int schemas = 0, documents = 0, accepted = 0;
        while (clock.Elapsed < Duration)
        {
            var declared = ApiJson.Decode<JSONSchemaProps>(Encoding.UTF8.GetBytes(Schema(random, 0).ToJsonString()));
            SchemaDeclarationValidation.Validate(declared, "schema", random.Next(2) == 0);
            var schema = StructuralSchema.Of(declared);
            var codec = new CustomCodec(schema, "fuzz.example.com/v1", true);
            schemas++;
            for (var i = 0; i < 5; i++, documents++)
            {
                var document = new JsonObject { ["apiVersion"] = "fuzz.example.com/v1", ["kind"] = "Fuzz", ["metadata"] = new JsonObject { ["name"] = "x",
                    ["resourceVersion"] = "" } };
                for (var m = 0; m < 3; m++)
                    document[Names[random.Next(3)]] = Value(random, 0);
                var bytes = Encoding.UTF8.GetBytes(document.ToJsonString());
                codec.Check(bytes);
                CustomObject value;
                try
                {
                    value = (CustomObject)codec.Decode(bytes);
                }
                catch (System.Text.Json.JsonException)
                {
                    // Metadata of an embedded object that is none.
                    continue;
                }
                // What has been read and written once stays as it is.
                var written = codec.Encode(value);
                codec.Encode(codec.Decode(written)).ShouldBe(written);
                SchemaDefaulting.Default(value.Content, schema);
                accepted += SchemaValidation.Validate(value.Content, schema).Count == 0 ? 1 : 0;
                _ = ListItems.Duplicates(value.Content, schema, "", null).Take(100).Count();
                SchemaValidation.Validate(value.Content, schema, value.Content.DeepClone()).ShouldBeEmpty();
            }
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{schemas} schemas, {documents} documents, {accepted} of them accepted"));
    }

    private static JsonObject Schema(Random random, int depth)
    {
        var schema = new JsonObject();
        if (random.Next(8) > 0)
            schema["type"] = Types[random.Next(depth == 0 ? 1 : Types.Length)];
        if (depth > 4)
            return schema;
        Maybe(random, 2, () => schema["properties"] = Members(random, depth));
        Maybe(random, 4, () => schema["items"] = Schema(random, depth + 1));
        Maybe(random, 6, () => schema["additionalProperties"] = random.Next(2) == 0 ? JsonValue.Create(random.Next(2) == 0) : Schema(random, depth + 1));
        foreach (var name in new[] { "allOf", "anyOf", "oneOf" })
            Maybe(random, 8, () => schema[name] = new JsonArray(Schema(random, depth + 2), Schema(random, depth + 2)));
        Maybe(random, 8, () => schema["not"] = Schema(random, depth + 2));
        Maybe(random, 5, () => schema["default"] = Value(random, 2));
        Maybe(random, 8, () => schema["nullable"] = true);
        Maybe(random, 8, () => schema["x-kubernetes-preserve-unknown-fields"] = true);
        Maybe(random, 9, () => schema["x-kubernetes-int-or-string"] = true);
        Maybe(random, 9, () => schema["x-kubernetes-embedded-resource"] = true);
        Maybe(random, 6, () => schema["x-kubernetes-list-type"] = new[] { "set", "map", "atomic" }[random.Next(3)]);
        Maybe(random, 6, () => schema["x-kubernetes-list-map-keys"] = new JsonArray("a"));
        Maybe(random, 7, () => schema["pattern"] = new[] { "^[a-z]+$", "(", "[[:alpha:]]", "\\d{1,3}", "a\\z" }[random.Next(5)]);
        Maybe(random, 7, () => schema["format"] = new[] { "date-time", "uuid", "email", "byte", "cidr", "odd" }[random.Next(6)]);
        Maybe(random, 7, () => schema["maximum"] = random.NextDouble() * 10);
        Maybe(random, 7, () => schema["multipleOf"] = random.Next(4));
        Maybe(random, 7, () => schema["required"] = new JsonArray("a"));
        Maybe(random, 7, () => schema["enum"] = new JsonArray(Value(random, 3), Value(random, 3)));
        return schema;
    }

    private static JsonObject Members(Random random, int depth)
    {
        var members = new JsonObject();
        for (var i = random.Next(3); i >= 0; i--)
            members[Names[random.Next(Names.Length)]] = Schema(random, depth + 1);
        return members;
    }

    private static JsonNode? Value(Random random, int depth)
    {
        switch (random.Next(depth > 4 ? 6 : 9))
        {
            case 0: return null;
            case 1: return JsonValue.Create(random.Next(-3, 12));
            case 2: return JsonValue.Create(random.NextDouble() * 1e20);
            case 3: return JsonValue.Create(random.Next(2) == 0);
            case 4: return JsonValue.Create(new string((char)random.Next(32, 0x3000), random.Next(4)));
            case 5: return JsonValue.Create(new[] { "abc", "2024-01-01T00:00:00Z", "10.0.0.0/8", "1", "" }[random.Next(5)]);
            case 6:
                return new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1))]);
            default:
                var map = new JsonObject();
                for (var i = random.Next(4); i > 0; i--)
                    map[Names[random.Next(Names.Length)]] = Value(random, depth + 1);
                return map;
        }
    }

    private static void Maybe(Random random, int odds, Action act)
    {
        if (random.Next(odds) == 0)
            act();
    }
}
