using Platform.Api;
using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Versions;

/// <summary>
/// Rules of a version that is not the stored one, where they are the stored version's: the object is converted, ruled and converted back. So a finding names
/// the fields as the stored version has them, as upstream's findings name those of its internal version.
/// </summary>
internal abstract class ConvertedRules<TOther, TStorage>(ResourceRules rules) : ResourceRules<TOther>
    where TOther : KubernetesObject
    where TStorage : KubernetesObject
{
    public override bool AllowsUnconditionalUpdate => rules.AllowsUnconditionalUpdate;

    public override bool AllowsCreateOnUpdate => rules.AllowsCreateOnUpdate;

    public override bool ReturnsDeletedObject => rules.ReturnsDeletedObject;

    public override IReadOnlyList<TableColumn> Columns => rules.Columns;

    public override string? ValidateName(string name) => rules.ValidateName(name);

    protected abstract TStorage ToStorage(TOther value);

    protected abstract TOther FromStorage(TStorage value);

    /// <summary>Takes everything below the metadata from another object.</summary>
    protected abstract void Take(TOther value, TOther from);

    protected override void Default(TOther value) => Change(value, rules.Default);

    protected override void PrepareForCreate(TOther value) => Change(value, rules.PrepareForCreate);

    protected override bool PrepareForUpdate(TOther value, TOther old)
    {
        var counts = false;
        Change(value, stored => counts = rules.PrepareForUpdate(stored, ToStorage(old)));
        return counts;
    }

    protected override void PrepareForStatusUpdate(TOther value, TOther old) => Change(value, stored => rules.PrepareForStatusUpdate(stored, ToStorage(old)));

    protected override IEnumerable<FieldError> Validate(TOther value) => rules.Validate(ToStorage(value));

    protected override IEnumerable<FieldError> ValidateCreate(TOther value) => rules.ValidateCreate(ToStorage(value));

    protected override IEnumerable<FieldError> ValidateUpdate(TOther value, TOther old) => rules.ValidateUpdate(ToStorage(value), ToStorage(old));

    protected override IEnumerable<FieldError> ValidateStatusUpdate(TOther value, TOther old) => rules.ValidateStatusUpdate(ToStorage(value), ToStorage(old));

    protected override IEnumerable<string> Warnings(TOther value) => rules.Warnings(ToStorage(value));

    protected override IEnumerable<string> UpdateWarnings(TOther value, TOther old) => rules.UpdateWarnings(ToStorage(value), ToStorage(old));

    protected override object?[] Row(TOther value, DateTimeOffset now) => rules.Row(ToStorage(value), now);

    private void Change(TOther value, Action<TStorage> change)
    {
        var stored = ToStorage(value);
        change(stored);
        var changed = FromStorage(stored);
        value.Metadata = changed.Metadata;
        Take(value, changed);
    }
}
