namespace Platform.ServiceDefaults;

/// <summary>Connects to the API server that runs in the same process: HTTP over memory, without TLS, already authenticated.</summary>
public interface IInProcessApi
{
    /// <summary>A handler whose requests arrive as the given identity.</summary>
    HttpMessageHandler Connect(ComponentIdentity identity);
}
