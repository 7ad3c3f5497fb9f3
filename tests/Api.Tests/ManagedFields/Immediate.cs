namespace Platform.Api.Tests.ManagedFields;

/// <summary>Results that are there at once, as long as nothing needs converting.</summary>
internal static class Immediate
{
    public static T Now<T>(this ValueTask<T> task)
    {
        task.IsCompletedSuccessfully.ShouldBeTrue();
        return task.Result;
    }
}
