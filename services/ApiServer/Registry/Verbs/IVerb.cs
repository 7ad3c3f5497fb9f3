namespace Platform.ApiServer.Registry.Verbs;

/// <summary>How one verb is answered for every stored resource.</summary>
internal interface IVerb
{
    /// <summary>The verb as RequestInfo names it.</summary>
    string Name { get; }

    Task HandleAsync(RegistryRequest request);
}
