using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Streaming.RemoteCommand;

/// <summary>How a command ended: the <c>metav1.Status</c> that protocols v4 and v5 carry on the error stream.</summary>
public sealed class RemoteCommandStatus
{
    private const string ExitCodeCause = "ExitCode";
    private readonly JsonObject _status;

    private RemoteCommandStatus(JsonObject status) => _status = status;

    /// <summary>Exit code 0.</summary>
    public static RemoteCommandStatus Success { get; } = new(new JsonObject { ["metadata"] = new JsonObject(), ["status"] = "Success" });

    /// <summary>Whether the command ran and ended with exit code 0.</summary>
    public bool IsSuccess => Text("status") == "Success";

    /// <summary>The words for the user; empty for success.</summary>
    public string Message => Text("message") ?? string.Empty;

    /// <summary>The exit code; null where the command did not get so far.</summary>
    public int? ExitCode
    {
        get
        {
            if (IsSuccess)
                return 0;
            if (Text("reason") != "NonZeroExitCode" || _status["details"]?["causes"] is not JsonArray causes)
                return null;
            foreach (var cause in causes)
            {
                if (cause is JsonObject { } found && (string?)found["reason"] == ExitCodeCause
                    && int.TryParse((string?)found["message"], NumberStyles.Integer, CultureInfo.InvariantCulture, out var code))
                    return code;
            }

            return null;
        }
    }

    /// <summary>A command that ended with an exit code.</summary>
    public static RemoteCommandStatus Exit(int code)
    {
        if (code == 0)
            return Success;
        var text = code.ToString(CultureInfo.InvariantCulture);
        return new RemoteCommandStatus(new JsonObject
        {
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = $"command terminated with non-zero exit code: {text}",
            ["reason"] = "NonZeroExitCode",
            ["details"] = new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["reason"] = ExitCodeCause, ["message"] = text }) },
        });
    }

    /// <summary>A command that could not be run.</summary>
    public static RemoteCommandStatus Failure(string message) => new(new JsonObject
    {
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = message,
        ["reason"] = "InternalError",
        ["code"] = 500,
    });

    /// <summary>What a peer sent: JSON, or from one that speaks an old protocol a text, which is a failure; nothing is success.</summary>
    public static RemoteCommandStatus Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return Success;
        try
        {
            if (JsonNode.Parse(bytes) is JsonObject status && status["status"] is JsonValue)
                return new RemoteCommandStatus(status);
        }
        catch (JsonException exception)
        {
            return Failure($"{System.Text.Encoding.UTF8.GetString(bytes)} ({exception.Message})");
        }

        return Failure(System.Text.Encoding.UTF8.GetString(bytes));
    }

    /// <summary>The JSON document.</summary>
    public byte[] ToJson() => System.Text.Encoding.UTF8.GetBytes(_status.ToJsonString());

    private string? Text(string name) => _status[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
