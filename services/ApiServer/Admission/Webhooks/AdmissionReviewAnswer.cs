using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Meta.V1;
using Platform.ApiServer.Patching;

namespace Platform.ApiServer.Admission.Webhooks;

/// <summary>What a webhook has answered.</summary>
internal sealed record AdmissionReviewAnswer(bool Allowed, Status? Result, byte[] Patch, IReadOnlyList<string> Warnings, IReadOnlyDictionary<string, string> AuditAnnotations)
{
    /// <summary>Warnings of one answer that are passed on.</summary>
    private const int MostWarnings = 64;

    /// <summary>Reads and checks an answer.</summary>
    /// <exception cref="WebhookFailure">It is not a good one.</exception>
    public static AdmissionReviewAnswer Read(byte[] body, string uid, string version, bool mutating)
    {
        JsonObject review;
        try
        {
            review = JsonTree.Parse(body) as JsonObject ?? throw new DocumentException("not an object");
            return Read(review, uid, version, mutating);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            var reason = e switch
            {
                JsonException fault => JsonFault.Describe(fault),
                FormatException => "illegal base64 data in response.patch",
                _ => "a field is of the wrong type",
            };
            throw new WebhookFailure("failed to call webhook: the answer cannot be read: " + reason);
        }
    }

    private static AdmissionReviewAnswer Read(JsonObject review, string uid, string version, bool mutating)
    {
        if (review["response"] is not JsonObject response)
            throw Bad("webhook response was absent");
        // The older version was lenient, and its webhooks rely on it.
        if (version == "v1")
        {
            if ((string?)response["uid"] != uid)
                throw Bad($"expected response.uid=\"{uid}\", got \"{(string?)response["uid"]}\"");
            if ((string?)review["apiVersion"] != "admission.k8s.io/v1" || (string?)review["kind"] != "AdmissionReview")
                throw Bad($"expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got {(string?)review["apiVersion"]}, Kind={(string?)review["kind"]}");
        }

        var patch = (string?)response["patch"] is { Length: > 0 } text ? Convert.FromBase64String(text) : [];
        CheckPatch(patch, response["patchType"], version, mutating);
        return new(
            (bool?)response["allowed"] ?? false,
            response["status"] is JsonObject status ? ApiJson.Decode<Status>(System.Text.Encoding.UTF8.GetBytes(status.ToJsonString())) : null,
            mutating ? patch : [],
            [.. (response["warnings"] as JsonArray ?? []).Take(MostWarnings).Select(w => (string?)w ?? "")],
            (response["auditAnnotations"] as JsonObject ?? []).ToDictionary(a => a.Key, a => (string?)a.Value ?? "", StringComparer.Ordinal));
    }

    private static void CheckPatch(byte[] patch, JsonNode? type, string version, bool mutating)
    {
        if (version != "v1")
            return;
        if (!mutating && patch.Length > 0)
            throw Bad("validating webhook may not return response.patch");
        if (!mutating && type is not null)
            throw Bad("validating webhook may not return response.patchType");
        if (patch.Length > 0 && type is null)
            throw Bad("webhook returned response.patch but not response.patchType");
        if (patch.Length == 0 && type is not null)
            throw Bad("webhook returned response.patchType but not response.patch");
        if (type is not null && (string?)type != "JSONPatch")
            throw Bad($"webhook returned invalid response.patchType of \"{(string?)type}\"");
    }

    /// <summary>The refusal as the client is told of it.</summary>
    public ApiException Refusal(string webhook)
    {
        var denied = $"admission webhook \"{webhook}\" denied the request";
        var status = Result ?? new();
        return new(status with
        {
            ApiVersion = "v1",
            Kind = "Status",
            Metadata = status.Metadata ?? new(),
            Code = status.Code is >= StatusCodes.Status400BadRequest and { } code ? code : StatusCodes.Status400BadRequest,
            StatusValue = string.IsNullOrEmpty(status.StatusValue) || status.StatusValue == "Success" ? "Failure" : status.StatusValue,
            Message = status switch
            {
                { Message.Length: > 0 } => $"{denied}: {status.Message}",
                { Reason.Length: > 0 } => $"{denied}: {status.Reason}",
                _ => denied + " without explanation",
            },
        });
    }

    private static WebhookFailure Bad(string what) => new("received invalid webhook response: " + what);
}
