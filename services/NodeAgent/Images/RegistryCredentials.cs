namespace Platform.NodeAgent.Images;

/// <summary>Who one is to an image registry.</summary>
internal sealed record RegistryCredentials(string Username, string Password, string Auth, string Server, string IdentityToken)
{
    /// <summary>Never shows the secret parts.</summary>
    public override string ToString() => $"credentials for {Server}";
}
