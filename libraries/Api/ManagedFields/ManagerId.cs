namespace Platform.Api.ManagedFields;

/// <summary>
/// Whose fields an entry of <c>managedFields</c> holds. Fields that are set by updates are kept apart by version; somebody who applies has one set,
/// whatever version it comes in.
/// </summary>
/// <param name="Manager">Name of the actor.</param>
/// <param name="IsApply">Whether the fields were applied.</param>
/// <param name="ApiVersion">Version in which the fields are named; empty for what is applied.</param>
/// <param name="Subresource">Subresource through which they were set; empty for the object itself.</param>
public readonly record struct ManagerId(string Manager, bool IsApply, string ApiVersion, string Subresource) : IComparable<ManagerId>
{
    /// <summary>Value of <c>operation</c> for what is applied.</summary>
    public const string Apply = "Apply";

    /// <summary>Value of <c>operation</c> for everything else.</summary>
    public const string Update = "Update";

    /// <summary>How messages name the manager.</summary>
    public override string ToString()
    {
        var name = Errors.GoSyntax.Show(Manager);
        if (Subresource.Length > 0)
            name += $" with subresource \"{Subresource}\"";
        return IsApply ? name : $"{name} using {ApiVersion}";
    }

    /// <inheritdoc />
    public int CompareTo(ManagerId other)
    {
        // Upstream sorts the encoded identities, whose members come in this order.
        var order = string.CompareOrdinal(Manager, other.Manager);
        if (order == 0)
            order = IsApply == other.IsApply ? string.CompareOrdinal(ApiVersion, other.ApiVersion) : IsApply ? -1 : 1;
        return order == 0 ? string.CompareOrdinal(Subresource, other.Subresource) : order;
    }
}
