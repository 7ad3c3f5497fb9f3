namespace Platform.Scheduler.Framework;

/// <summary>What came of trying to place a pod.</summary>
/// <param name="Node">The chosen node; null where none would do.</param>
/// <param name="Diagnosis">Which nodes were ruled out, and why.</param>
/// <param name="Nodes">How many nodes there are.</param>
/// <param name="Feasible">How many of those looked at would do.</param>
/// <param name="Scores">What each plugin gave the chosen node, weighted.</param>
internal sealed record Placement(string? Node, Diagnosis Diagnosis, int Nodes, int Feasible, IReadOnlyList<(string Plugin, long Score)> Scores);
