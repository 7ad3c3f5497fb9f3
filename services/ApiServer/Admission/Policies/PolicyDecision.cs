namespace Platform.ApiServer.Admission.Policies;

/// <summary>A validation that does not let a request pass.</summary>
/// <param name="Message">Why, for the client.</param>
/// <param name="Reason">Reason of the answer's status; null for the usual one.</param>
/// <param name="Index">Number of the validation in the policy.</param>
internal sealed record PolicyDecision(string Message, string? Reason = null, int Index = 0);
