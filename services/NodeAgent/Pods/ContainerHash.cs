using System.Security.Cryptography;
using System.Text;
using Platform.Api.Core.V1;

namespace Platform.NodeAgent.Pods;

/// <summary>
/// What of a container's declaration cannot be changed while it runs. Of a pod that exists only the image may be changed, so name and image are
/// all that counts; a hash over more would restart every container when a new version of the agent knows a further field.
/// </summary>
internal static class ContainerHash
{
    private const int Length = 8;

    public static string Of(Container container) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(container.Name + "\n" + container.Image)).AsSpan(0, Length));
}
