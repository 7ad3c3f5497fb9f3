namespace Platform.Cel;

/// <summary>What compiling an expression has given.</summary>
/// <param name="Program">The program; null where there are issues.</param>
/// <param name="Text">The expression.</param>
/// <param name="Issues">What is wrong with it.</param>
public sealed record CelCompilation(CelProgram? Program, string Text, IReadOnlyList<CelIssue> Issues)
{
    /// <summary>All issues with their lines, as Kubernetes' answers show them; empty where there are none.</summary>
    public string Error => Issues.Count == 0 ? "" : CelIssue.Show(Issues, Text);
}
