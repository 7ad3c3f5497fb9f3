namespace Platform.ApiServer.Registry.Subresources;

/// <summary>A subresource that reads or writes stored objects.</summary>
internal interface ISubresource
{
    /// <summary>Last segment of its path.</summary>
    string Name { get; }

    bool Serves(ResourceDefinition definition) => true;

    /// <summary>Answers a verb that the resource declares for the subresource.</summary>
    Task HandleAsync(RegistryRequest request);
}
