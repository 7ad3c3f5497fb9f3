namespace Platform.Cel;

/// <summary>Least and most that an evaluation can cost; the most is <see cref="ulong.MaxValue"/> where nothing bounds it.</summary>
public readonly record struct CelCost(ulong Min, ulong Max);
