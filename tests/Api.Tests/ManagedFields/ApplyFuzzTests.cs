using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Platform.Api.ManagedFields;
using Platform.Api.Schema;

namespace Platform.Api.Tests.ManagedFields;

/// <summary>
/// The apply engine and the field-set reader against documents nobody would write: no exception but the typed one, in bounded time.
/// </summary>
public sealed class ApplyFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;
    private const int Inputs = 20_000;
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(10);

    private static readonly string[] Names =
    [
        "metadata", "spec", "labels", "annotations", "containers", "ports", "containerPort", "protocol", "name", "env", "value", "finalizers", "image",
        "args", "volumes", "status", "conditions", "type", "f:a", ".", "k:{\"name\":\"x\"}", "v:1", "i:0", "", "resources", "limits", "nodeSelector",
    ];

    [Fact]
    public void Apply_survives_any_document()
    {
        var random = new Random(Seed);
        var watch = new Stopwatch();
        var (applied, refused) = (0, 0);
        for (var i = 0; i < Inputs; i++)
        {
            var schema = random.Next(3) == 0 ? MergeSchema.Deduced : SampleDocuments.Pod;
            var (live, configuration) = (Document(random), Document(random));
            watch.Restart();
            if (SchemaConformance.Check(configuration, schema) is not null)
                refused++;
            var operation = new FieldOperation("m", "v1", "", schema, null, DateTimeOffset.UnixEpoch);
            // Also what conformance would have refused must not break the engine, since stored objects can be of any form.
            var owners = OwnedUpdate.UpdateAsync(FieldOwners.None, null, live, operation with { Manager = "u" }).Now();
            var result = ServerSideApply.ApplyAsync(owners, live, configuration, operation, force: true).Now();
            var again = ServerSideApply.ApplyAsync(result.Owners, SampleDocuments.Parse(result.Json ?? "{}"u8.ToArray()), Document(random), operation, random.Next(2) == 0).Now();
            foreach (var (_, set) in again.Owners.All)
                FieldsV1.Read(FieldsV1.Write(set)).ShouldBe(set);
            watch.Elapsed.ShouldBeLessThan(Slowest);
            applied++;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{applied} documents, seed {Seed}, {refused} of them not conforming"));
    }

    [Fact]
    public void Field_set_reader_fails_only_with_its_own_error()
    {
        var random = new Random(Seed);
        var (read, refused) = (0, 0);
        for (var i = 0; i < Inputs; i++)
        {
            var json = Encoding.UTF8.GetBytes(Document(random).GetRawText());
            if (random.Next(4) == 0)
                json[random.Next(json.Length)] = (byte)random.Next(256);
            try
            {
                FieldsV1.Read(FieldsV1.Write(FieldsV1.Read(json))).Equals(FieldsV1.Read(json)).ShouldBeTrue();
                read++;
            }
            catch (JsonException)
            {
                refused++;
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Inputs} inputs, seed {Seed}: {read} read, {refused} refused"));
    }

    private static JsonElement Document(Random random)
    {
        var text = new StringBuilder();
        Append(text, random, 0, isObject: true);
        return SampleDocuments.Parse(text.ToString());
    }

    private static void Append(StringBuilder text, Random random, int depth, bool isObject = false)
    {
        var kind = isObject ? 0 : random.Next(depth > 6 ? 5 : 9);
        switch (kind)
        {
            case 0 or 5 or 6:
                var names = Enumerable.Range(0, random.Next(5)).Select(_ => Names[random.Next(Names.Length)]).Distinct().ToList();
                text.Append('{');
                for (var i = 0; i < names.Count; i++)
                {
                    text.Append(i == 0 ? "" : ",").Append(JsonSerializer.Serialize(names[i])).Append(':');
                    Append(text, random, depth + 1);
                }

                text.Append('}');
                break;
            case 7 or 8:
                text.Append('[');
                var count = random.Next(4);
                for (var i = 0; i < count; i++)
                {
                    text.Append(i == 0 ? "" : ",");
                    Append(text, random, depth + 1);
                }

                text.Append(']');
                break;
            default:
                text.Append(kind switch { 1 => "null", 2 => "1e2", 3 => "\"x\"", _ => "true" });
                break;
        }
    }
}
