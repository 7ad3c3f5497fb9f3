using System.Globalization;
using System.Net.Http;
using System.Text.Json.Nodes;

namespace Platform.ApiServer.Tests.CustomResources;

/// <summary>
/// Golden cases: a folder holds the rule that it is about, a definition, the definition that takes its place (crd-then), an object that exists (old), what is sent
/// (input), and a part of the answer (expected) or the code with a part of the message (error). Without an input the definition itself is what is sent.
/// </summary>
public sealed class CustomResourceCaseTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "CustomResources", "Cases");

    public static TheoryData<string> Cases() =>
        [.. Directory.GetFiles(Folder, "rule.txt", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, Path.GetDirectoryName(f)!)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Answer_is_as_documented(string name)
    {
        File.ReadAllText(Path.Combine(Folder, name, "rule.txt")).ShouldStartWith("https://kubernetes.io/docs/");
        await using var server = await CustomResourceServer.StartAsync();
        var answer = await SendAsync(server, name);
        if (Read(name, "error.txt") is { } error)
        {
            ((int)answer.Code).ToString(CultureInfo.InvariantCulture).ShouldBe(error[..3], answer.Body.ToJsonString());
            ((string)answer.Body["message"]!).ShouldContain(error[4..].Trim());
            return;
        }
        ((int)answer.Code).ShouldBeInRange(200, 299, answer.Body.ToJsonString());
        var expected = JsonNode.Parse(CustomResourceServer.Json(Read(name, "expected.yaml")!))!.AsObject();
        foreach (var (member, value) in expected)
            JsonNode.DeepEquals(answer.Body[member], value).ShouldBeTrue($"{member}: {answer.Body[member]?.ToJsonString()}");
    }

    private static async Task<(System.Net.HttpStatusCode Code, JsonObject Body)> SendAsync(CustomResourceServer server, string name)
    {
        var definition = Read(name, "crd.yaml")!;
        if (Read(name, "input.yaml") is not { } input)
            return await server.TryCreateAsync(CustomResourceServer.Definitions, definition);
        await server.DefineAsync(definition);
        if (Read(name, "old.yaml") is not { } old)
            return await server.TryCreateAsync(Things.V1, input);
        var present = await server.CreateAsync(Things.V1, old);
        if (Read(name, "crd-then.yaml") is { } then)
            await server.RedefineAsync(then);
        var changed = JsonNode.Parse(CustomResourceServer.Json(input))!.AsObject();
        changed["metadata"]!["resourceVersion"] = (string)present["metadata"]!["resourceVersion"]!;
        return await server.Api.SendAsync(HttpMethod.Put, Things.V1 + "/a", changed.ToJsonString());
    }

    private static string? Read(string name, string file) => File.Exists(Path.Combine(Folder, name, file)) ? File.ReadAllText(Path.Combine(Folder, name, file)) : null;
}
