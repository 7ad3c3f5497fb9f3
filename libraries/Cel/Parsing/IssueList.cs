namespace Platform.Cel.Parsing;

/// <summary>Collects what is wrong with a text, up to a bound.</summary>
internal sealed class IssueList(string text)
{
    /// <summary>Issues after which no more are collected: the text is not an expression.</summary>
    private const int Maximum = 200;

    private readonly List<CelIssue> _issues = [];

    public bool IsFull => _issues.Count >= Maximum;

    public int Count => _issues.Count;

    public IReadOnlyList<CelIssue> Issues => _issues;

    /// <summary>Notes an issue at a place of the text; a negative one is the expression as a whole.</summary>
    public void Add(int position, string message)
    {
        if (IsFull)
            return;
        if (position < 0)
        {
            _issues.Add(new(-1, -1, message));
            return;
        }
        var before = text.AsSpan(0, Math.Min(position, text.Length));
        var line = before.Count('\n') + 1;
        var start = before.LastIndexOf('\n') + 1;
        var column = 0;
        foreach (var _ in before[start..].EnumerateRunes())
            column++;
        _issues.Add(new(line, column, message));
    }
}
