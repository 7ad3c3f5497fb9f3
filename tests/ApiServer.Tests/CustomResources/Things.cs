namespace Platform.ApiServer.Tests.CustomResources;

/// <summary>The kind of tests that are not about what their kind looks like: <c>Thing</c> in <c>test.example.com</c>.</summary>
internal static class Things
{
    public const string Name = "things.test.example.com";
    public const string V1 = "/apis/test.example.com/v1/namespaces/default/things";
    public const string V2 = "/apis/test.example.com/v2/namespaces/default/things";

    /// <summary>A thing as <see cref="ThingWebhook"/> knows it in its first version.</summary>
    public static string Thing1(string name, string host = "a", string more = "") =>
        $"{{apiVersion: test.example.com/v1, kind: Thing, metadata: {{name: {name}{more}}}, spec: {{host: {host}, port: 80}}}}";

    /// <summary>A thing as <see cref="ThingWebhook"/> knows it in its second version.</summary>
    public static string Thing2(string name, string hostPort = "a:80", string more = "") =>
        $"{{apiVersion: test.example.com/v2, kind: Thing, metadata: {{name: {name}{more}}}, spec: {{hostPort: '{hostPort}', size: 2}}}}";
}

/// <summary>The definition of <see cref="Things"/> in as many versions as a test wants.</summary>
internal sealed record ThingDefinition(params ThingVersion[] Versions)
{
    public string Scope { get; init; } = "Cluster";

    public string Conversion { get; init; } = "{strategy: None}";

    public string Yaml => $$"""
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: {{Things.Name}}}
        spec:
          group: test.example.com
          scope: {{Scope}}
          names: {plural: things, kind: Thing}
          conversion: {{Conversion}}
          versions: [{{string.Join(", ", Versions.Select(v => v.Yaml))}}]
        """;
}

/// <summary>A version of a thing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fields">The properties of <c>spec</c>; what <c>status</c> holds is free.</param>
internal sealed record ThingVersion(string Name, string Fields)
{
    public bool Served { get; init; } = true;

    public bool Stored { get; init; }

    public bool Deprecated { get; init; }

    /// <summary>Paths of the desired and the actual number of replicas where the version has a scale, and with it a status, of its own.</summary>
    public string? Replicas { get; init; }

    public string Columns { get; init; } = "[]";

    public string Yaml
    {
        get
        {
            var spec = $"{{type: object, properties: {{{Fields}}}}}";
            var schema = $"{{type: object, properties: {{spec: {spec}, status: {{type: object, x-kubernetes-preserve-unknown-fields: true}}}}}}";
            var subresources = Replicas is null ? "{}" : $"{{status: {{}}, scale: {{specReplicasPath: .spec.{Replicas}, statusReplicasPath: .status.{Replicas}}}}}";
            return $"{{name: {Name}, served: {Truth(Served)}, storage: {Truth(Stored)}, deprecated: {Truth(Deprecated)}, schema: {{openAPIV3Schema: {schema}}}, "
                + $"subresources: {subresources}, additionalPrinterColumns: {Columns}}}";
        }
    }

    private static string Truth(bool value) => value ? "true" : "false";
}
