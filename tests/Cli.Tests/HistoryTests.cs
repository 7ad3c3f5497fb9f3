using System.Text.Json;
using Platform.Cli.History;

namespace Platform.Cli.Tests;

public sealed class HistoryTests
{
    private const string Groups = """
        {"items":[{"metadata":{},"versions":[{"version":"v1","resources":[{"resource":"nodes","scope":"Cluster","singularResource":"node","shortNames":["no"]}]}]},
        {"metadata":{"name":"apps"},"versions":[{"version":"v1","resources":[
          {"resource":"deployments","scope":"Namespaced","singularResource":"deployment","shortNames":["deploy"],"responseKind":{"kind":"Deployment"}}]}]}]}
        """;

    [Theory]
    [InlineData("deploy", "/apis/apps/v1", "deployments", true)]
    [InlineData("Deployment", "/apis/apps/v1", "deployments", true)]
    [InlineData("deployments.apps", "/apis/apps/v1", "deployments", true)]
    [InlineData("no", "/api/v1", "nodes", false)]
    [InlineData("cow", "", "", false)]
    public void Kind_is_found_by_any_of_its_names(string asked, string prefix, string resource, bool namespaced)
    {
        using var groups = JsonDocument.Parse(Groups);
        ObjectPath.Find(groups.RootElement, asked).ShouldBe((prefix, resource, namespaced));
    }

    [Fact]
    public void Revisions_are_printed_with_their_changes()
    {
        using var history = JsonDocument.Parse("""
            {"items":[{"revision":"12","type":"Updated","time":"2026-11-22T10:00:00Z","user":"jane","changes":[
              {"path":"spec.replicas","from":1,"to":5},{"path":"data.big","fromBytes":70000,"to":"x"},{"path":"metadata.labels.a","to":"b"}]},
             {"revision":"9","type":"Updated","statusOnly":true,"time":"2026-11-22T09:00:00Z","user":"kubelet","changes":[]},
             {"revision":"7","type":"Created","time":"2026-11-22T08:00:00Z","user":"jane"}]}
            """);
        var output = new StringWriter();

        HistoryText.Print(output, history.RootElement, all: false);

        output.ToString().ReplaceLineEndings("\n").ShouldBe("""
            12         2026-11-22T10:00:00Z  updated  jane
                spec.replicas: 1 → 5
                data.big: (70000 bytes) → x
                metadata.labels.a: (nothing) → b
            9          2026-11-22T09:00:00Z  status   kubelet
            7          2026-11-22T08:00:00Z  created  jane

            """.ReplaceLineEndings("\n"));
    }
}
