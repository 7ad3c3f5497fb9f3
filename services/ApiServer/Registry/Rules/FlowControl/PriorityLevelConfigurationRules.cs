using Platform.Api.Errors;
using Platform.Api.FlowControl.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.FlowControl;

/// <summary>Priority levels: how many requests of a level run at once, and how the others wait.</summary>
internal sealed class PriorityLevelConfigurationRules : ResourceRules<PriorityLevelConfiguration>
{
    private const int DefaultShares = 30;
    private const int DefaultQueues = 64;
    private const int DefaultHand = 8;
    private const int DefaultQueueLength = 50;
    private const int MostQueues = 10_000_000;

    /// <summary>Most bits of chance that dealing a hand of queues may take.</summary>
    private const int MostEntropyBits = 60;

    private static readonly string[] Types = ["Exempt", "Limited"];
    private static readonly string[] Responses = ["Queue", "Reject"];

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Type", Description: "Whether the level is limited."),
        new("NominalConcurrencyShares", Description: "Share of the server that the level has."),
        new("Queues", Description: "Number of queues."),
        new("HandSize", Description: "Queues that a flow may use."),
        new("QueueLengthLimit", Description: "Requests that may wait in a queue."),
        Cells.Age,
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(PriorityLevelConfiguration value)
    {
        var spec = value.Spec ??= new();
        if (spec.Type == "Exempt")
            spec.Exempt ??= new();
        if (spec.Exempt is { } exempt)
        {
            exempt.NominalConcurrencyShares ??= 0;
            exempt.LendablePercent ??= 0;
        }
        if (spec.Limited is not { } limited)
            return;
        limited.NominalConcurrencyShares ??= DefaultShares;
        limited.LendablePercent ??= 0;
        if (limited.LimitResponse?.Queuing is not { } queuing)
            return;
        queuing.Queues = queuing.Queues is null or 0 ? DefaultQueues : queuing.Queues;
        queuing.HandSize = queuing.HandSize is null or 0 ? DefaultHand : queuing.HandSize;
        queuing.QueueLengthLimit = queuing.QueueLengthLimit is null or 0 ? DefaultQueueLength : queuing.QueueLengthLimit;
    }

    protected override void PrepareForCreate(PriorityLevelConfiguration value)
    {
        value.Metadata.Generation = 1;
        value.Status = new();
    }

    protected override bool PrepareForUpdate(PriorityLevelConfiguration value, PriorityLevelConfiguration old)
    {
        value.Status = old.Status;
        return !SemanticEquality.Same(value.Spec, old.Spec);
    }

    protected override void PrepareForStatusUpdate(PriorityLevelConfiguration value, PriorityLevelConfiguration old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> Validate(PriorityLevelConfiguration value)
    {
        var spec = value.Spec ?? new();
        if ((value.Metadata.Name == FlowSchemaRules.Exempt) != (spec.Type == "Exempt"))
            yield return FieldError.Invalid("spec.type", spec.Type ?? "", "type must be 'Exempt' if and only if name is 'exempt'");
        switch (spec.Type)
        {
            case "Exempt":
                if (spec.Limited is not null)
                    yield return FieldError.Forbidden("spec.limited", "must be nil if the type is not Limited");
                foreach (var error in Shares(spec.Exempt?.NominalConcurrencyShares, spec.Exempt?.LendablePercent, "spec.exempt"))
                    yield return error;
                break;
            case "Limited":
                if (spec.Exempt is not null)
                    yield return FieldError.Forbidden("spec.exempt", "must be nil if the type is Limited");
                if (spec.Limited is null)
                    yield return FieldError.Required("spec.limited", "must not be empty when type is Limited");
                else
                {
                    foreach (var error in Limited(spec.Limited, "spec.limited"))
                        yield return error;
                }
                break;
            default:
                yield return FieldError.NotSupported("spec.type", spec.Type ?? "", Types);
                break;
        }
    }

    protected override IEnumerable<FieldError> ValidateStatusUpdate(PriorityLevelConfiguration value, PriorityLevelConfiguration old) =>
        FlowConditionValidation.Validate((value.Status?.Conditions ?? []).Select(c => c.Type));

    protected override object?[] Row(PriorityLevelConfiguration value, DateTimeOffset now)
    {
        var limited = value.Spec?.Limited;
        var queuing = limited?.LimitResponse?.Queuing;
        return
        [
            value.Metadata.Name,
            value.Spec?.Type,
            (object?)limited?.NominalConcurrencyShares ?? Cells.None,
            (object?)queuing?.Queues ?? Cells.None,
            (object?)queuing?.HandSize ?? Cells.None,
            (object?)queuing?.QueueLengthLimit ?? Cells.None,
            Cells.Since(value.Metadata.CreationTimestamp, now),
        ];
    }

    private static IEnumerable<FieldError> Shares(int? shares, int? lendable, string path)
    {
        if (shares < 0)
            yield return FieldError.Invalid($"{path}.nominalConcurrencyShares", shares, "must be a non-negative integer");
        if (lendable is < 0 or > 100)
            yield return FieldError.Invalid($"{path}.lendablePercent", lendable, "must be between 0 and 100, inclusive");
    }

    private static IEnumerable<FieldError> Limited(LimitedPriorityLevelConfiguration limited, string path)
    {
        foreach (var error in Shares(limited.NominalConcurrencyShares, limited.LendablePercent, path))
            yield return error;
        if (limited.BorrowingLimitPercent < 0)
            yield return FieldError.Invalid($"{path}.borrowingLimitPercent", limited.BorrowingLimitPercent, "if specified, must be a non-negative integer");
        var (response, at) = (limited.LimitResponse ?? new(), $"{path}.limitResponse");
        switch (response.Type)
        {
            case "Reject":
                if (response.Queuing is not null)
                    yield return FieldError.Forbidden($"{at}.queuing", "must be nil if limited.limitResponse.type is not Limited");
                break;
            case "Queue":
                if (response.Queuing is null)
                    yield return FieldError.Required($"{at}.queuing", "must not be empty if limited.limitResponse.type is Limited");
                else
                {
                    foreach (var error in Queuing(response.Queuing, $"{at}.queuing"))
                        yield return error;
                }
                break;
            default:
                yield return FieldError.NotSupported($"{at}.type", response.Type ?? "", Responses);
                break;
        }
    }

    private static IEnumerable<FieldError> Queuing(QueuingConfiguration queuing, string path)
    {
        var (queues, hand) = (queuing.Queues ?? 0, queuing.HandSize ?? 0);
        if (queuing.QueueLengthLimit is not > 0)
            yield return FieldError.Invalid($"{path}.queueLengthLimit", queuing.QueueLengthLimit ?? 0, "must be positive");
        if (queues <= 0)
            yield return FieldError.Invalid($"{path}.queues", queues, "must be positive");
        else if (queues > MostQueues)
            yield return FieldError.Invalid($"{path}.queues", queues, $"must not be greater than {MostQueues}");
        if (hand <= 0)
            yield return FieldError.Invalid($"{path}.handSize", hand, "must be positive");
        else if (hand > queues)
            yield return FieldError.Invalid($"{path}.handSize", hand, $"should not be greater than queues ({queues})");
        else if (EntropyBits(queues, hand) > MostEntropyBits)
        {
            yield return FieldError.Invalid($"{path}.handSize", hand,
                $"required entropy bits of deckSize {queues} and handSize {hand} should not be greater than {MostEntropyBits}");
        }
    }

    private static int EntropyBits(int deck, int hand) => (int)Math.Ceiling(Enumerable.Range(0, hand).Sum(i => Math.Log2(deck - i)));
}
