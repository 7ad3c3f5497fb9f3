using System.Globalization;
using Platform.Api.Errors;

namespace Platform.ApiServer.Streaming;

/// <summary>
/// What a request for a log says of how much of it, checked before the pod is looked for and with upstream's findings (ValidatePodLogOptions). The node agent,
/// which reads the log, would take anything.
/// </summary>
internal static class LogOptions
{
    /// <exception cref="ApiException">400 for what cannot be read, 422 for what has no meaning.</exception>
    public static void Check(string pod, IQueryCollection query)
    {
        var (tail, limit, since) = (Number(query, "tailLines"), Number(query, "limitBytes"), Number(query, "sinceSeconds"));
        var hasTime = HasTime(query["sinceTime"].ToString());
        List<FieldError> errors = [];
        if (tail < 0)
            errors.Add(FieldError.Invalid("tailLines", tail, "must be greater than or equal to 0"));
        if (limit < 1)
            errors.Add(FieldError.Invalid("limitBytes", limit, "must be greater than 0"));
        if (since is not null && hasTime)
            errors.Add(FieldError.Forbidden("[]", "at most one of `sinceTime` or `sinceSeconds` may be specified"));
        else if (since < 1)
            errors.Add(FieldError.Invalid("sinceSeconds", since, "must be greater than 0"));
        if (errors.Count > 0)
            throw ApiErrors.Invalid("", "PodLogOptions", pod, errors);
    }

    private static long? Number(IQueryCollection query, string name) => query[name].ToString() is not { Length: > 0 } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw ApiErrors.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax");

    private static bool HasTime(string text)
    {
        if (text is "" or "null")
            return false;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
            ? true
            : throw ApiErrors.BadRequest($"parsing time \"{text}\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"{text}\" as \"2006\"");
    }
}
