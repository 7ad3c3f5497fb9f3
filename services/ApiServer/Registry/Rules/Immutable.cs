using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Rules;

/// <summary>Fields that never change once the object exists.</summary>
internal static class Immutable
{
    public const string Message = "field is immutable";

    /// <summary>A finding where the values differ in meaning.</summary>
    public static IEnumerable<FieldError> Check<T>(T? now, T? before, string path)
    {
        if (!SemanticEquality.Same(now, before))
            yield return FieldError.Invalid(path, now, Message);
    }

    /// <summary>Whether two values of a type known only at run time mean the same.</summary>
    public static bool Same(object? left, object? right) => SemanticEquality.SameValue(left, right);
}
