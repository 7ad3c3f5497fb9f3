using Platform.Api;
using Platform.Api.Authentication.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.Registry;

/// <summary>A column of <c>kubectl get</c>.</summary>
/// <param name="Name">Heading.</param>
/// <param name="Type">OpenAPI type: string, integer, number, boolean, date.</param>
/// <param name="Format">OpenAPI format; <c>name</c> for the name column.</param>
/// <param name="Description">What it shows.</param>
/// <param name="Priority">0: always shown; greater: only with <c>-o wide</c>.</param>
internal sealed record TableColumn(string Name, string Type = "string", string Format = "", string Description = "", int Priority = 0);

/// <summary>
/// The pure functions that make a kind more than a document. A write runs through them in this order: default, prepare, validate.
/// Status subresource writes run through <see cref="PrepareForStatusUpdate"/> instead of <see cref="PrepareForUpdate"/>.
/// The generic parts (metadata, name, namespace, uid, generation's bookkeeping) are the registry's and not repeated here.
/// </summary>
internal abstract class ResourceRules
{
    /// <summary>Whether an update may leave out the resource version, and then overwrites whatever is there.</summary>
    public virtual bool AllowsUnconditionalUpdate => true;

    /// <summary>Whether an update of an object that does not exist creates it.</summary>
    public virtual bool AllowsCreateOnUpdate => false;

    /// <summary>Whether a deletion answers with the object as it was, not with a <c>Status</c>.</summary>
    public virtual bool ReturnsDeletedObject => false;

    /// <summary>Fills in what the client left out.</summary>
    public virtual void Default(KubernetesObject value)
    {
    }

    /// <summary>Drops what clients may not set at creation, such as the status.</summary>
    public virtual void PrepareForCreate(KubernetesObject value)
    {
    }

    /// <summary>Records in a new object who asked for it.</summary>
    public virtual void SetRequester(KubernetesObject value, UserInfo requester)
    {
    }

    /// <summary>Carries over what this kind of update may not change, such as the status. True where the generation must rise.</summary>
    public virtual bool PrepareForUpdate(KubernetesObject value, KubernetesObject old) => false;

    /// <summary>Carries over everything but the status.</summary>
    public virtual void PrepareForStatusUpdate(KubernetesObject value, KubernetesObject old)
    {
    }

    /// <summary>Notes in a status when it was changed, for the few kinds that keep such a time.</summary>
    public virtual void StampStatusUpdate(KubernetesObject value, KubernetesObject old, DateTimeOffset now)
    {
    }

    public virtual IEnumerable<FieldError> Validate(KubernetesObject value) => [];

    /// <summary>Adds to a new object what follows from the rest of it, once admission has changed it and before it is checked.</summary>
    public virtual void Complete(KubernetesObject value, DateTimeOffset now)
    {
    }

    /// <summary>Checks only a new object must pass.</summary>
    public virtual IEnumerable<FieldError> ValidateCreate(KubernetesObject value) => [];

    public virtual IEnumerable<FieldError> ValidateUpdate(KubernetesObject value, KubernetesObject old) => [];

    public virtual IEnumerable<FieldError> ValidateStatusUpdate(KubernetesObject value, KubernetesObject old) => [];

    /// <summary>Whether an update is a heartbeat or a counter, of which history keeps only the last of several in a row.</summary>
    public virtual bool IsMinorUpdate(KubernetesObject value, KubernetesObject old) => false;

    /// <summary>
    /// How long a deletion waits for the object's holder (a pod's node agent), given what the client wishes; null for kinds that nobody holds.
    /// </summary>
    public virtual long? GracePeriodSeconds(KubernetesObject value, long? wish) => null;

    /// <summary>What becomes of dependents when a deletion does not say.</summary>
    public virtual DependentsPolicy DependentsPolicy => DependentsPolicy.Delete;

    /// <summary>Marks an object that is about to be deleted, for instance with what its deletion has to wait for.</summary>
    public virtual void PrepareForDelete(KubernetesObject value, DateTimeOffset now)
    {
    }

    /// <summary>Texts for <c>Warning</c> headers of a create or update.</summary>
    public virtual IEnumerable<string> Warnings(KubernetesObject value) => [];

    /// <summary>Texts for <c>Warning</c> headers of an update, where they differ from those of a create.</summary>
    public virtual IEnumerable<string> UpdateWarnings(KubernetesObject value, KubernetesObject old) => Warnings(value);

    /// <summary>Texts for <c>Warning</c> headers of a deletion.</summary>
    public virtual IEnumerable<string> DeletionWarnings(Platform.Api.Meta.V1.DeleteOptions options) => [];

    /// <summary>Whether a finalizer must have a domain, as <c>example.com/name</c>. Kinds that came as extensions were never so strict.</summary>
    public virtual bool WantsQualifiedFinalizers => true;

    /// <summary>What a name must look like: an error's text, or null where it is good.</summary>
    public virtual string? ValidateName(string name) => null;

    public virtual IReadOnlyList<TableColumn> Columns => [new("Name", Format: "name"), new("Age")];

    /// <summary>The cells of an object's row, one per column: string, number or boolean.</summary>
    public virtual object?[] Row(KubernetesObject value, DateTimeOffset now) => [value.Metadata.Name, ""];

    /// <summary>Fields that a field selector may name besides <c>metadata.name</c> and <c>metadata.namespace</c>.</summary>
    public virtual IReadOnlyList<SelectableField> SelectableFields => [];
}

/// <summary>Rules of one kind, with its type.</summary>
internal abstract class ResourceRules<T> : ResourceRules
    where T : KubernetesObject
{
    protected virtual void Default(T value)
    {
    }

    protected virtual void PrepareForCreate(T value)
    {
    }

    protected virtual void Complete(T value, DateTimeOffset now)
    {
    }

    protected virtual bool PrepareForUpdate(T value, T old) => false;

    protected virtual void PrepareForStatusUpdate(T value, T old)
    {
    }

    protected virtual void StampStatusUpdate(T value, T old, DateTimeOffset now)
    {
    }

    protected virtual IEnumerable<FieldError> Validate(T value) => [];

    protected virtual IEnumerable<FieldError> ValidateCreate(T value) => [];

    protected virtual IEnumerable<FieldError> ValidateUpdate(T value, T old) => [];

    protected virtual IEnumerable<FieldError> ValidateStatusUpdate(T value, T old) => [];

    protected virtual long? GracePeriodSeconds(T value, long? wish) => null;

    protected virtual IEnumerable<string> Warnings(T value) => [];

    protected virtual IEnumerable<string> UpdateWarnings(T value, T old) => Warnings(value);

    protected virtual object?[] Row(T value, DateTimeOffset now) => base.Row(value, now);

    public sealed override void Default(KubernetesObject value) => Default((T)value);

    public sealed override void PrepareForCreate(KubernetesObject value) => PrepareForCreate((T)value);

    public sealed override void Complete(KubernetesObject value, DateTimeOffset now) => Complete((T)value, now);

    public sealed override bool PrepareForUpdate(KubernetesObject value, KubernetesObject old) => PrepareForUpdate((T)value, (T)old);

    public sealed override void PrepareForStatusUpdate(KubernetesObject value, KubernetesObject old) => PrepareForStatusUpdate((T)value, (T)old);

    public sealed override void StampStatusUpdate(KubernetesObject value, KubernetesObject old, DateTimeOffset now) => StampStatusUpdate((T)value, (T)old, now);

    public sealed override IEnumerable<FieldError> Validate(KubernetesObject value) => Validate((T)value);

    public sealed override IEnumerable<FieldError> ValidateCreate(KubernetesObject value) => ValidateCreate((T)value);

    public sealed override IEnumerable<FieldError> ValidateUpdate(KubernetesObject value, KubernetesObject old) => ValidateUpdate((T)value, (T)old);

    public sealed override IEnumerable<FieldError> ValidateStatusUpdate(KubernetesObject value, KubernetesObject old) => ValidateStatusUpdate((T)value, (T)old);

    public sealed override long? GracePeriodSeconds(KubernetesObject value, long? wish) => GracePeriodSeconds((T)value, wish);

    public sealed override IEnumerable<string> Warnings(KubernetesObject value) => Warnings((T)value);

    public sealed override IEnumerable<string> UpdateWarnings(KubernetesObject value, KubernetesObject old) => UpdateWarnings((T)value, (T)old);

    public sealed override object?[] Row(KubernetesObject value, DateTimeOffset now) => Row((T)value, now);
}
