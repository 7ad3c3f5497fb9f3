using System.Globalization;
using Platform.Api.Errors;

namespace Platform.ApiServer.Registry;

/// <summary>The query parameter <c>resourceVersion</c>: absent (what was committed last), 0 (whatever is at hand), or a revision.</summary>
/// <param name="Value">Revision; 0 for any; -1 where absent.</param>
internal readonly record struct ReadVersion(long Value)
{
    public bool IsLatest => Value < 0;

    public bool IsAny => Value == 0;

    /// <exception cref="ApiException">400 where it is no number: upstream's text, which it answers with 500 though the fault is the client's.</exception>
    public static ReadVersion Parse(string text)
    {
        if (text.Length == 0)
            return new(-1);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision))
            return new(revision);
        throw ApiErrors.BadRequest(FieldError.Invalid("resourceVersion", text, GoSyntax.NotInteger("ParseUint", text)).ToString());
    }
}
