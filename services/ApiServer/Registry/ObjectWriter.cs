using Platform.Api;
using Platform.Api.Authentication.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.Patching;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Registry;

/// <inheritdoc cref="IObjectWriter"/>
internal sealed class ObjectWriter(ResourceRegistry registry, ObjectWrites writes, ObjectDeletion deletion, TimeProvider clock) : IObjectWriter
{
    private static readonly UserInfo Self = new() { Username = ComponentIdentity.ApiServer.User, Groups = ComponentIdentity.ApiServer.Groups };

    public async Task<bool> EnsureAsync<T>(T value, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        var definition = registry.Of<T>();
        try
        {
            // Preparing changes the value, which is still the caller's.
            await writes.CreateAsync(Context(cancellationToken), definition, value.Metadata.Namespace ?? "", Copy(value));
            return true;
        }
        catch (ApiException e) when (e.IsAlreadyExists)
        {
            return false;
        }
    }

    public async Task<T?> UpdateAsync<T>(string? ns, string name, Func<T?, T?> change, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        var definition = registry.Of<T>();
        var context = Context(cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var key = definition.Namespaced ? $"{ns}/{name}" : name;
                if (await writes.ReadAsync(definition, key, cancellationToken) is null)
                {
                    if (change(null) is not { } created)
                        return null;
                    return Result<T>(await writes.CreateAsync(context, definition, ns ?? "", Copy(created)));
                }
                return Result<T>(await writes.UpdateAsync(context, definition, ns ?? "", name, UpdateKind.Main, current =>
                {
                    var old = (T)current.Decode();
                    return change(old) is { } changed ? Copy(changed) : current.Decode();
                }));
            }
            catch (ApiException e) when (attempt < ObjectWrites.MaximumAttempts && (e.IsNotFound || e.IsAlreadyExists || e.IsConflict))
            {
                // It came or went in between: look again.
            }
        }
    }

    public async Task UpdateStatusAsync<T>(string? ns, string name, Func<T, T?> change, CancellationToken cancellationToken)
        where T : KubernetesObject =>
        await writes.UpdateAsync(Context(cancellationToken), registry.Of<T>(), ns ?? "", name, UpdateKind.Status, current =>
            change((T)current.Decode()) is { } changed ? Copy(changed) : current.Decode());

    public async Task RemoveFinalizerAsync<T>(string? ns, string name, string finalizer, CancellationToken cancellationToken)
        where T : KubernetesObject =>
        await writes.UpdateAsync(Context(cancellationToken), registry.Of<T>(), ns ?? "", name, UpdateKind.Subresource, current =>
        {
            var value = current.Decode();
            value.Metadata.Finalizers = [.. (value.Metadata.Finalizers ?? []).Where(f => f != finalizer)];
            return value;
        });

    public async Task DeleteAsync<T>(string? ns, string name, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        try
        {
            await deletion.DeleteAsync(Context(cancellationToken), registry.Of<T>(), ns ?? "", name, new());
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            // Someone else was faster; it is gone all the same.
        }
    }

    private static T Copy<T>(T value)
        where T : KubernetesObject => ApiJson.Decode<T>(ApiJson.Encode(value));

    private static T Result<T>(WriteOutcome outcome)
        where T : KubernetesObject => ApiJson.Decode<T>(outcome.Stamped().Span);

    private WriteContext Context(CancellationToken cancellationToken) =>
        new(new() { IsResourceRequest = true, Path = "", Verb = "update" }, Self, new(null, Self.Username!, clock.GetUtcNow()), false,
            cancellationToken) { FieldManager = FieldManager.OfServer };
}
