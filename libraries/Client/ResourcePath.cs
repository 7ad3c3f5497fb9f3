using System.Globalization;
using System.Reflection;
using System.Text;
using Platform.Api;

namespace Platform.Client;

/// <summary>Where a kind is served, from its <see cref="ResourceAttribute"/>; read once per kind.</summary>
/// <typeparam name="T">Kind.</typeparam>
internal static class ResourcePath<T>
    where T : KubernetesObject
{
    public static readonly ResourceAttribute Resource = typeof(T).GetCustomAttribute<ResourceAttribute>()
        ?? throw new InvalidOperationException($"{typeof(T).Name} is not declared as a resource");

    public static readonly string ApiVersion = Resource.Group.Length == 0 ? Resource.Version : $"{Resource.Group}/{Resource.Version}";

    private static readonly string Prefix = Resource.Group.Length == 0 ? $"api/{Resource.Version}" : $"apis/{Resource.Group}/{Resource.Version}";

    /// <summary>Path of the collection, of all namespaces where none is given.</summary>
    public static string Collection(string? ns) => string.IsNullOrEmpty(ns) || Resource.Scope == ResourceScope.Cluster
        ? $"{Prefix}/{Resource.Plural}"
        : $"{Prefix}/namespaces/{Uri.EscapeDataString(ns)}/{Resource.Plural}";

    /// <summary>Path of an object or of its subresource.</summary>
    public static string Item(string? ns, string name, string? subresource = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (Resource.Scope == ResourceScope.Namespaced)
            ArgumentException.ThrowIfNullOrEmpty(ns);
        var item = $"{Collection(ns)}/{Uri.EscapeDataString(name)}";
        return subresource is null ? item : $"{item}/{subresource}";
    }

    /// <summary>Path of the collection with the options of LIST, or of WATCH.</summary>
    public static string Query(string? ns, ListQuery query, bool watch)
    {
        var path = new StringBuilder(Collection(ns));
        var separator = '?';
        if (watch)
        {
            Append("watch", "true");
            Append("allowWatchBookmarks", "true");
        }
        Append("resourceVersion", query.ResourceVersion);
        Append("labelSelector", query.LabelSelector);
        Append("fieldSelector", query.FieldSelector);
        Append("continue", query.Continue);
        Append("limit", query.Limit > 0 ? query.Limit.ToString(CultureInfo.InvariantCulture) : null);
        Append("timeoutSeconds", query.TimeoutSeconds > 0 ? query.TimeoutSeconds.ToString(CultureInfo.InvariantCulture) : null);
        return path.ToString();

        void Append(string name, string? value)
        {
            if (string.IsNullOrEmpty(value))
                return;
            path.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }
    }
}
