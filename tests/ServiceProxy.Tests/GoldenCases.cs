using System.Runtime.CompilerServices;
using System.Text;
using Platform.Api.Core.V1;
using Platform.Api.Discovery.V1;
using Platform.Api.Json;
using Platform.ServiceProxy.Rules;

namespace Platform.ServiceProxy.Tests;

/// <summary>The folders under Cases: <c>input.yaml</c> with services and endpoint slices, <c>expected.nft</c> with the rules that they make.</summary>
internal static class GoldenCases
{
    public static readonly ProxySettings Settings = new("platform-test", "node-1", "10.64.0.0/16");

    /// <summary>Set to record what is computed as what is expected.</summary>
    public static bool Record => Environment.GetEnvironmentVariable("PLATFORM_RECORD") == "1";

    public static string Folder(string name = "", [CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "Cases", name);

    public static IEnumerable<string> Names() => Directory.GetDirectories(Folder()).Select(folder => Path.GetFileName(folder)!).Order();

    public static RuleSet Compile(string name)
    {
        var (services, slices) = Read(File.ReadAllText(Path.Combine(Folder(name), "input.yaml")));
        return RuleCompiler.Compile(services, slices, Settings);
    }

    public static (List<Service> Services, List<EndpointSlice> Slices) Read(string yaml)
    {
        List<Service> services = [];
        List<EndpointSlice> slices = [];
        foreach (var document in yaml.Split("\n---\n"))
        {
            var json = YamlJson.ToJson(Encoding.UTF8.GetBytes(document));
            if (document.Contains("kind: EndpointSlice", StringComparison.Ordinal))
                slices.Add(ApiJson.Decode<EndpointSlice>(json));
            else
                services.Add(ApiJson.Decode<Service>(json));
        }

        return (services, slices);
    }
}
