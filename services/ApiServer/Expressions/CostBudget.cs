namespace Platform.ApiServer.Expressions;

/// <summary>What several evaluations may cost together.</summary>
internal sealed class CostBudget(ulong amount)
{
    private ulong _left = amount;

    /// <summary>Whether more has been spent than there was.</summary>
    public bool IsSpent { get; private set; }

    public void Spend(ulong cost)
    {
        IsSpent |= cost > _left;
        _left = IsSpent ? 0 : _left - cost;
    }
}
