using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.Protobuf;

namespace Platform.Api.Tests.Protobuf;

public sealed class ProtobufJsonTests
{
    [Fact]
    public void Deployment_is_read_by_field_numbers()
    {
        var container = Message((1, Text("web")), (2, Text("img:1")), (6, Message((1, Number(0)), (3, Number(80)))));
        var volume = Message((1, Text("v")), (2, Message((19, Message((1, Message((1, Text("settings")))))))));
        var template = Message((2, Message((1, volume), (2, container))));
        var body = Kind("apps/v1", "Deployment", Message(
            (1, Message((1, Text("hello")), (8, Message()), (7, Number(0)), (11, Message((1, Text("app")), (2, Text("hello")))))),
            (2, Message((1, Number(0)), (3, template)))));
        var expected = JsonNode.Parse(
            "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"hello\",\"labels\":{\"app\":\"hello\"}},"
            + "\"spec\":{\"replicas\":0,\"template\":{\"spec\":{\"volumes\":[{\"name\":\"v\",\"configMap\":{\"name\":\"settings\"}}],"
            + "\"containers\":[{\"name\":\"web\",\"image\":\"img:1\",\"ports\":[{\"containerPort\":80}]}]}}}}");
        JsonNode.DeepEquals(JsonNode.Parse(ProtobufJson.ToJson(body)), expected).ShouldBeTrue();
    }

    [Fact]
    public void Bytes_are_base64_and_times_are_text()
    {
        var body = Kind("v1", "Secret", Message(
            (1, Message((1, Text("s")), (8, Message((1, Number(1_700_000_000)))))),
            (2, Message((1, Text("k")), (2, Text("value"))))));
        var json = JsonDocument.Parse(ProtobufJson.ToJson(body)).RootElement;
        json.GetProperty("data").GetProperty("k").GetString().ShouldBe("dmFsdWU=");
        json.GetProperty("metadata").GetProperty("creationTimestamp").GetString().ShouldBe("2023-11-14T22:13:20Z");
    }

    [Theory]
    [InlineData("")]
    [InlineData("6b387300")]
    [InlineData("6b38730012ff")]
    [InlineData("6b3873000aff7f")]
    [InlineData("7b7d")]
    public void Broken_body_is_refused(string hex) =>
        Should.Throw<JsonException>(() => ProtobufJson.ToJson(Convert.FromHexString(hex)));

    [Fact]
    public void Every_truncation_of_a_body_is_refused_or_read_but_never_crashes()
    {
        var body = Kind("v1", "ConfigMap", Message((1, Message((1, Text("c")), (3, Text("default")))), (2, Message((1, Text("k")), (2, Text("v"))))));
        for (var length = 0; length < body.Length; length++)
        {
            try
            {
                ProtobufJson.ToJson(body.AsMemory(0, length));
            }
            catch (JsonException)
            {
                // This is how a broken body is refused.
            }
        }
    }

    private static byte[] Kind(string apiVersion, string kind, byte[] message) =>
        [0x6b, 0x38, 0x73, 0x00, .. Message((1, Message((1, Text(apiVersion)), (2, Text(kind)))), (2, message))];

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static object Number(long value) => value;

    private static byte[] Message(params (int Number, object Value)[] fields)
    {
        using var output = new MemoryStream();
        foreach (var (number, value) in fields)
        {
            if (value is byte[] bytes)
            {
                Varint(output, (ulong)number << 3 | 2);
                Varint(output, (ulong)bytes.Length);
                output.Write(bytes);
            }
            else
            {
                Varint(output, (ulong)number << 3);
                Varint(output, (ulong)(long)value);
            }
        }

        return output.ToArray();
    }

    private static void Varint(Stream output, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            output.WriteByte((byte)(value | 0x80));
        output.WriteByte((byte)value);
    }
}
