namespace Platform.Cel.Evaluation;

/// <summary>Ends an evaluation that has cost more than it may.</summary>
internal sealed class CostExceededException : Exception;
