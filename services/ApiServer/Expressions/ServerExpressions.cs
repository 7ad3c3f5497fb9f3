using Platform.Cel;

namespace Platform.ApiServer.Expressions;

/// <summary>What all expressions in the API may use: the language, Kubernetes' libraries, quantities.</summary>
internal static class ServerExpressions
{
    public static CelEnvironment Environment { get; } =
        CelEnvironment.Kubernetes.WithFunctions(QuantityFunctions.All).WithType(QuantityFunctions.Type);
}
