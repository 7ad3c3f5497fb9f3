using System.Text;
using System.Text.Json.Nodes;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Schema;
using Platform.ApiServer.Patching;
using Platform.ApiServer.Registry.Rules;

namespace Platform.ApiServer.Tests.Patching;

/// <summary>
/// Golden cases: a folder holds an object, a patch, and the patched object or the error's code with a part of its message. The folder's
/// name begins with the kind of patch.
/// </summary>
public sealed class PatchCaseTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Patching", "Cases");

    public static TheoryData<string> Cases() => [.. Directory.GetDirectories(Folder).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Patch_gives_what_is_expected(string name)
    {
        var current = Read(name, "object.yaml")!;
        var patch = Encoding.UTF8.GetBytes(Read(name, "patch.yaml")!.ToJsonString());
        var kind = current["kind"]!.GetValue<string>();
        var schema = TypeSchema.Of(BuiltInResources.All.First(d => d.Kind == kind).ObjectType);
        var type = $"application/{name.Split('-')[0] switch { "strategic" => "strategic-merge-patch", "merge" => "merge-patch", _ => "json-patch" }}+json";
        if (File.Exists(Path.Combine(Folder, name, "error.txt")))
        {
            var expected = File.ReadAllText(Path.Combine(Folder, name, "error.txt")).Trim();
            var error = Should.Throw<ApiException>(() => Patched.Of(type, current, patch, schema));
            var message = error.Message + string.Concat(error.Status.Details?.Causes?.Select(c => ": " + c.Message) ?? []);
            error.Code.ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(expected[..3], message);
            message.ShouldContain(expected[4..]);
        }
        else
        {
            var result = Patched.Of(type, current, patch, schema);
            JsonNode.DeepEquals(result, Read(name, "expected.yaml")).ShouldBeTrue(result.ToJsonString());
        }
    }

    private static JsonNode? Read(string name, string file) =>
        JsonTree.Parse(YamlJson.ToJson(File.ReadAllBytes(Path.Combine(Folder, name, file))));
}
