namespace Platform.ApiServer.Registry;

/// <summary>
/// A field that a field selector may name. It is declared as a place in the JSON and not as code over the typed value, since the index of
/// a kind reads it at every write: finding a few members in the bytes costs a tenth of decoding the object.
/// </summary>
/// <param name="Name">Name in the selector, such as <c>spec.nodeName</c>.</param>
internal sealed record SelectableField(string Name)
{
    /// <summary>Value of an object that does not have the field: <c>false</c> for a flag, <c>0</c> for a count.</summary>
    public string Absent { get; init; } = "";

    /// <summary>
    /// Where to look in the object, first come first served, as member names joined by dots (an item of an array by its index). The name
    /// itself unless said otherwise.
    /// </summary>
    public IReadOnlyList<string> Paths { get; init; } = [Name];

    /// <summary>The field that this one is only another name of.</summary>
    public string StoredName { get; init; } = Name;
}
