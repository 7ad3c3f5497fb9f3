namespace Platform.Cel.Costs;

/// <summary>Least and most of a size or a cost.</summary>
internal readonly record struct Estimate(ulong Min, ulong Max)
{
    public static Estimate Unknown { get; } = new(0, ulong.MaxValue);

    public static Estimate operator +(Estimate a, Estimate b) => new(CostModel.Add(a.Min, b.Min), CostModel.Add(a.Max, b.Max));

    public static Estimate operator *(Estimate a, Estimate b) => new(CostModel.Multiply(a.Min, b.Min), CostModel.Multiply(a.Max, b.Max));

    public static Estimate Fixed(ulong value) => new(value, value);

    public Estimate Scale(double factor) => new(CostModel.Scale(Min, factor), CostModel.Scale(Max, factor));

    public Estimate Union(Estimate other) => new(Math.Min(Min, other.Min), Math.Max(Max, other.Max));
}
