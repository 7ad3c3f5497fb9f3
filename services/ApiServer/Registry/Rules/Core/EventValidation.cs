using System.Text;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>What every event must meet, whichever API it comes by. An event with an <c>eventTime</c> is one of the newer kind, of which more is asked.</summary>
internal static class EventValidation
{
    /// <summary>Longest instance, action and reason, in bytes.</summary>
    private const int LongestWord = 128;

    /// <summary>Longest message, in bytes.</summary>
    private const int LongestMessage = 1024;

    private const string Mismatch = "does not match event.namespace";

    /// <param name="value">Event.</param>
    /// <param name="controllerField">What the API of the request calls the reporting controller.</param>
    public static IEnumerable<FieldError> Validate(Event value, string controllerField)
    {
        var ns = value.Metadata.Namespace ?? "";
        var target = value.InvolvedObject?.Namespace ?? "";
        if (value.EventTime is null)
        {
            if (target.Length == 0 ? ns is not ("" or "default") : target != ns)
                yield return FieldError.Invalid("involvedObject.namespace", target, Mismatch);
        }
        else
        {
            if (target.Length == 0 && ns is not ("default" or "kube-system"))
                yield return FieldError.Invalid("involvedObject.namespace", target, Mismatch);
            foreach (var error in Newer(value, controllerField))
                yield return error;
        }
        foreach (var error in NameFormats.DnsSubdomain(ns))
            yield return FieldError.Invalid("namespace", ns, error);
    }

    private static IEnumerable<FieldError> Newer(Event value, string controllerField)
    {
        var controller = value.ReportingComponent ?? "";
        if (controller.Length == 0)
            yield return FieldError.Required(controllerField);
        foreach (var error in NameFormats.QualifiedName(controller))
            yield return FieldError.Invalid(controllerField, controller, error);
        foreach (var (name, text) in new[] { ("reportingInstance", value.ReportingInstance), ("action", value.Action), ("reason", value.Reason) })
        {
            if (string.IsNullOrEmpty(text))
                yield return FieldError.Required(name);
            else if (Encoding.UTF8.GetByteCount(text) > LongestWord)
                yield return FieldError.Invalid(name, "", $"can have at most {LongestWord} characters");
        }
        if (value.Message is { } message && Encoding.UTF8.GetByteCount(message) > LongestMessage)
            yield return FieldError.Invalid("message", "", $"can have at most {LongestMessage} characters");
    }
}
