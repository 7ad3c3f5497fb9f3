using Platform.Api.Errors;

namespace Platform.ControllerManager.Ownership;

/// <summary>A refusal to create something in a namespace that is being deleted. There is no use in trying again or in telling users.</summary>
internal static class NamespaceTermination
{
    public static bool IsCause(ApiException error) =>
        error.Code == 403 && error.Status.Details?.Causes?.Any(c => c.Reason == "NamespaceTerminating") == true;
}
