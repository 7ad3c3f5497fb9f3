using System.Globalization;
using System.Text;
using Platform.Api.Errors;
using Platform.Api.Meta.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules;

/// <summary>The rules of metadata, which are the same for every kind.</summary>
internal static class ObjectMetaValidation
{
    /// <summary>Largest size of all annotations' keys and values together, in bytes.</summary>
    public const int AnnotationBytes = 256 * 1024;

    /// <summary>Finalizer that lets dependents live on.</summary>
    public const string OrphanFinalizer = "orphan";

    /// <summary>Finalizer that waits for dependents.</summary>
    public const string ForegroundFinalizer = "foregroundDeletion";

    /// <summary>Checks the metadata of a new object, after its name has been generated.</summary>
    /// <param name="meta">Metadata.</param>
    /// <param name="namespaced">Whether the kind lives in namespaces.</param>
    /// <param name="validateName">The kind's rule for names: what is wrong, or null.</param>
    public static IEnumerable<FieldError> Validate(ObjectMeta meta, bool namespaced, Func<string, string?> validateName)
    {
        if (!string.IsNullOrEmpty(meta.GenerateName) && validateName(AsName(meta.GenerateName)) is { } wrongPrefix)
            yield return FieldError.Invalid("metadata.generateName", meta.GenerateName, wrongPrefix);
        if (string.IsNullOrEmpty(meta.Name))
            yield return FieldError.Required("metadata.name", "name or generateName is required");
        else if (validateName(meta.Name) is { } wrong)
            yield return FieldError.Invalid("metadata.name", meta.Name, wrong);
        if (namespaced && string.IsNullOrEmpty(meta.Namespace))
            yield return FieldError.Required("metadata.namespace");
        else if (namespaced)
        {
            foreach (var error in NameFormats.DnsLabel(meta.Namespace!))
                yield return FieldError.Invalid("metadata.namespace", meta.Namespace, error);
        }
        else if (!string.IsNullOrEmpty(meta.Namespace))
            yield return FieldError.Forbidden("metadata.namespace", "not allowed on this type");

        if (meta.Generation < 0)
            yield return FieldError.Invalid("metadata.generation", meta.Generation, "must be greater than or equal to 0");
        foreach (var error in Contents(meta))
            yield return error;
    }

    /// <summary>A prefix of names as a name: what ends in a dash goes on with something better. As upstream does it, down to the character that it costs.</summary>
    private static string AsName(string prefix) => prefix.Length > 1 && prefix[^1] == '-' ? prefix[..^2] + "a" : prefix;

    /// <summary>Checks what an update may do to metadata.</summary>
    public static IEnumerable<FieldError> ValidateUpdate(ObjectMeta meta, ObjectMeta old)
    {
        if (old.DeletionTimestamp is not null && (meta.Finalizers ?? []).Except(old.Finalizers ?? []).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } added)
        {
            yield return FieldError.Forbidden("metadata.finalizers",
                "no new finalizers can be added if the object is being deleted, found new finalizers " + GoSyntax.Strings(added));
        }

        if (string.IsNullOrEmpty(meta.ResourceVersion))
            yield return FieldError.Invalid("metadata.resourceVersion", "", "must be specified for an update");
        if (meta.Generation < old.Generation)
            yield return FieldError.Invalid("metadata.generation", meta.Generation, "must not be decremented");
        foreach (var (field, now, before) in new (string, object?, object?)[]
        {
            ("name", meta.Name ?? "", old.Name ?? ""),
            ("namespace", meta.Namespace ?? "", old.Namespace ?? ""),
            ("uid", meta.Uid ?? "", old.Uid ?? ""),
            ("creationTimestamp", meta.CreationTimestamp, old.CreationTimestamp),
            ("deletionTimestamp", meta.DeletionTimestamp, old.DeletionTimestamp),
            ("deletionGracePeriodSeconds", meta.DeletionGracePeriodSeconds, old.DeletionGracePeriodSeconds),
        })
        {
            if (!Equals(now, before))
                yield return FieldError.Invalid($"metadata.{field}", now, "field is immutable");
        }

        foreach (var error in Contents(meta))
            yield return error;
    }

    /// <summary>Checks that finalizers have a domain where the kind wants it.</summary>
    public static IEnumerable<FieldError> Finalizers(ObjectMeta meta, ResourceRules rules) => !rules.WantsQualifiedFinalizers ? []
        : (meta.Finalizers ?? []).Select((finalizer, i) => (finalizer, i)).Where(f => IsUnqualified(f.finalizer)).Select(f => FieldError.Invalid(
            string.Create(CultureInfo.InvariantCulture, $"metadata.finalizers[{f.i}]"), f.finalizer, "name is neither a standard finalizer name nor is it fully qualified"));

    /// <summary>Whether a finalizer is neither Kubernetes' own nor has a domain.</summary>
    public static bool IsUnqualified(string finalizer) =>
        finalizer is not (OrphanFinalizer or ForegroundFinalizer or "kubernetes") && !finalizer.Contains('/', StringComparison.Ordinal);

    /// <summary>Checks labels: keys and values.</summary>
    public static IEnumerable<FieldError> Labels(IReadOnlyDictionary<string, string>? labels, string path)
    {
        foreach (var (key, value) in labels ?? Empty)
        {
            foreach (var error in NameFormats.QualifiedName(key))
                yield return FieldError.Invalid(path, key, error);
            foreach (var error in NameFormats.LabelValue(value))
                yield return FieldError.Invalid(path, value, error);
        }
    }

    /// <summary>Checks annotations: keys, and the size of all.</summary>
    public static IEnumerable<FieldError> Annotations(IReadOnlyDictionary<string, string>? annotations, string path)
    {
        long size = 0;
        foreach (var (key, value) in annotations ?? Empty)
        {
            size += Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value);
            foreach (var error in NameFormats.QualifiedName(key.ToLowerInvariant()))
                yield return FieldError.Invalid(path, key, error);
        }

        if (size > AnnotationBytes)
            yield return FieldError.TooLong(path, AnnotationBytes);
    }

    private static readonly Dictionary<string, string> Empty = [];

    private static IEnumerable<FieldError> Contents(ObjectMeta meta) =>
    [
        .. Labels(meta.Labels, "metadata.labels"),
        .. Annotations(meta.Annotations, "metadata.annotations"),
        .. Owners(meta.OwnerReferences ?? []),
        .. Finalizers(meta.Finalizers ?? []),
    ];

    private static IEnumerable<FieldError> Owners(IReadOnlyList<OwnerReference> owners)
    {
        const string path = "metadata.ownerReferences";
        var controller = "";
        foreach (var owner in owners)
        {
            if (string.IsNullOrEmpty(owner.ApiVersion))
                yield return FieldError.Invalid($"{path}.apiVersion", "", "version must not be empty");
            if (string.IsNullOrEmpty(owner.Kind))
                yield return FieldError.Invalid($"{path}.kind", "", "must not be empty");
            if (string.IsNullOrEmpty(owner.Name))
                yield return FieldError.Invalid($"{path}.name", "", "must not be empty");
            if (string.IsNullOrEmpty(owner.Uid))
                yield return FieldError.Invalid($"{path}.uid", "", "must not be empty");
            if (owner is { ApiVersion: "v1", Kind: "Event" })
                yield return FieldError.Invalid(path, owner, "/v1, Kind=Event is disallowed from being an owner");
            if (owner.Controller != true)
                continue;
            if (controller.Length > 0)
            {
                yield return FieldError.Invalid(path, $"{owner.Kind}/{owner.Name}",
                    $"Only one reference can have Controller set to true. Found \"true\" in references for {controller} and {owner.Kind}/{owner.Name}");
            }

            controller = $"{owner.Kind}/{owner.Name}";
        }
    }

    private static IEnumerable<FieldError> Finalizers(IReadOnlyList<string> finalizers)
    {
        const string path = "metadata.finalizers";
        foreach (var finalizer in finalizers)
        {
            foreach (var error in NameFormats.QualifiedName(finalizer))
                yield return FieldError.Invalid(path, finalizer, error);
        }

        if (finalizers.Contains(OrphanFinalizer) && finalizers.Contains(ForegroundFinalizer))
        {
            yield return FieldError.Invalid(path, finalizers,
                $"finalizer {OrphanFinalizer} and {ForegroundFinalizer} cannot be both set");
        }
    }
}
