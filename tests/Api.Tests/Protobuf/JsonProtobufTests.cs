using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Platform.Api.Protobuf;

namespace Platform.Api.Tests.Protobuf;

public sealed class JsonProtobufTests
{
    public static IEnumerable<TheoryDataRow<string>> Kinds() => typeof(KubernetesObject).Assembly.GetTypes()
        .Where(t => t.GetCustomAttribute<ResourceAttribute>() is not null)
        .Select(t => new TheoryDataRow<string>(t.FullName!));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_field_of_every_kind_survives_the_way_there_and_back(string typeName)
    {
        var type = typeof(KubernetesObject).Assembly.GetType(typeName)!;
        var resource = type.GetCustomAttribute<ResourceAttribute>()!;
        var sample = SampleJson.Of(type, resource.Group.Length == 0 ? resource.Version : $"{resource.Group}/{resource.Version}", resource.Kind);
        var back = JsonNode.Parse(ProtobufJson.ToJson(Encode(sample.ToJsonString())))!;
        JsonNode.DeepEquals(back, sample).ShouldBeTrue(FirstDifference(sample, back, ""));
    }

    [Fact]
    public void Pod_has_upstreams_bytes()
    {
        var expected = Envelope("v1", "Pod", pod =>
        {
            Nested(pod, 1, meta =>
            {
                Text(meta, 1, "web");
                Text(meta, 3, "default");
                Nested(meta, 8, time =>
                {
                    Number(time, 1, 1_700_000_000);
                    Number(time, 2, 0);
                });
                Nested(meta, 11, entry => Pair(entry, "app", "web"));
            });
            Nested(pod, 2, spec =>
            {
                Nested(spec, 1, volume =>
                {
                    Text(volume, 1, "settings");
                    Nested(volume, 2, source => Nested(source, 19, map => Nested(map, 1, reference => Text(reference, 1, "web-settings"))));
                });
                Nested(spec, 2, container =>
                {
                    Text(container, 1, "web");
                    Text(container, 2, "web:1");
                    Nested(container, 6, port =>
                    {
                        Number(port, 3, 8080);
                        Text(port, 4, "TCP");
                    });
                    Nested(container, 8, resources => Nested(resources, 2, entry =>
                    {
                        Text(entry, 1, "cpu");
                        Nested(entry, 2, quantity => Text(quantity, 1, "250m"));
                    }));
                    Nested(container, 10, probe =>
                    {
                        Nested(probe, 1, handler => Nested(handler, 2, get =>
                        {
                            Text(get, 1, "/ready");
                            Nested(get, 2, port =>
                            {
                                Number(port, 1, 1);
                                Number(port, 2, 0);
                                Text(port, 3, "http");
                            });
                        }));
                        Number(probe, 2, 5);
                    });
                });
            });
        });
        var json = """
            {"apiVersion":"v1","kind":"Pod",
             "metadata":{"name":"web","namespace":"default","creationTimestamp":"2023-11-14T22:13:20Z","labels":{"app":"web"}},
             "spec":{"volumes":[{"name":"settings","configMap":{"name":"web-settings"}}],
              "containers":[{"name":"web","image":"web:1","ports":[{"containerPort":8080,"protocol":"TCP"}],"resources":{"requests":{"cpu":"250m"}},
               "livenessProbe":{"httpGet":{"path":"/ready","port":"http"},"initialDelaySeconds":5}}]}}
            """;
        ProtobufTree.Of(Encode(json)[4..]).ShouldBe(ProtobufTree.Of(expected[4..]));
        Encode(json)[..4].ShouldBe("k8s\0"u8.ToArray());
    }

    [Fact]
    public void Deployment_has_upstreams_bytes()
    {
        var expected = Envelope("apps/v1", "Deployment", deployment =>
        {
            Nested(deployment, 1, meta => Text(meta, 1, "web"));
            Nested(deployment, 2, spec =>
            {
                Number(spec, 1, 0);
                Nested(spec, 2, selector => Nested(selector, 1, entry => Pair(entry, "app", "web")));
                Nested(spec, 4, strategy =>
                {
                    Text(strategy, 1, "RollingUpdate");
                    Nested(strategy, 2, rolling => Nested(rolling, 1, unavailable =>
                    {
                        Number(unavailable, 1, 0);
                        Number(unavailable, 2, 1);
                        Text(unavailable, 3, "");
                    }));
                });
                Number(spec, 7, 1);
            });
        });
        var json = """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},
             "spec":{"replicas":0,"selector":{"matchLabels":{"app":"web"}},"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":1}},"paused":true}}
            """;
        ProtobufTree.Of(Encode(json)[4..]).ShouldBe(ProtobufTree.Of(expected[4..]));
    }

    [Fact]
    public void A_message_longer_than_its_length_byte_is_moved()
    {
        var value = new string('x', 20_000);
        var json = $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{"k":"{{{value}}}"}}""";
        ((string?)JsonNode.Parse(ProtobufJson.ToJson(Encode(json)))!["data"]!["k"]).ShouldBe(value);
    }

    [Fact]
    public void Only_metadata_is_sent_of_any_kind()
    {
        var json = """{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"a"}}""";
        JsonNode.DeepEquals(JsonNode.Parse(ProtobufJson.ToJson(Encode(json))), JsonNode.Parse(json)).ShouldBeTrue();
    }

    [Fact]
    public void A_kind_that_is_not_declared_has_no_protobuf_form() =>
        JsonProtobuf.TryWrite("""{"apiVersion":"example.com/v1","kind":"Pod"}"""u8, new ProtobufBuffer()).ShouldBeFalse();

    private static byte[] Encode(string json)
    {
        var buffer = new ProtobufBuffer();
        JsonProtobuf.TryWrite(Encoding.UTF8.GetBytes(json), buffer).ShouldBeTrue();
        return buffer.Written.ToArray();
    }

    private static byte[] Envelope(string apiVersion, string kind, Action<CodedOutputStream> content)
    {
        using var memory = new MemoryStream();
        memory.Write("k8s\0"u8);
        using (var output = new CodedOutputStream(memory, leaveOpen: true))
        {
            Nested(output, 1, meta =>
            {
                Text(meta, 1, apiVersion);
                Text(meta, 2, kind);
            });
            Nested(output, 2, content);
            Text(output, 3, "");
            Text(output, 4, "");
        }

        return memory.ToArray();
    }

    private static void Nested(CodedOutputStream output, int number, Action<CodedOutputStream> content)
    {
        using var memory = new MemoryStream();
        using (var inner = new CodedOutputStream(memory, leaveOpen: true))
            content(inner);
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(memory.ToArray()));
    }

    private static void Text(CodedOutputStream output, int number, string text)
    {
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
    }

    private static void Number(CodedOutputStream output, int number, long value)
    {
        output.WriteTag(number, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    private static void Pair(CodedOutputStream output, string key, string value)
    {
        Text(output, 1, key);
        Text(output, 2, value);
    }

    private static string FirstDifference(JsonNode? expected, JsonNode? found, string path)
    {
        if (JsonNode.DeepEquals(expected, found))
            return "";
        if (expected is JsonObject left && found is JsonObject right)
        {
            foreach (var name in left.Select(p => p.Key).Concat(right.Select(p => p.Key)).Distinct())
            {
                if (FirstDifference(left[name], right[name], $"{path}.{name}") is { Length: > 0 } text)
                    return text;
            }
        }

        if (expected is JsonArray many && found is JsonArray others && many.Count == others.Count)
            return string.Concat(many.Select((item, i) => FirstDifference(item, others[i], $"{path}[{i}]")).FirstOrDefault(t => t.Length > 0));
        return $"{path}: expected {expected?.ToJsonString()}, found {found?.ToJsonString()}";
    }
}
