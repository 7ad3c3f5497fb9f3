using System.Text;

namespace Platform.ServiceDefaults.Pki;

/// <summary>Writes kubeconfig files with everything embedded, so that the file alone is enough to reach the cluster.</summary>
internal static class KubeconfigFile
{
    public static string Text(string server, string user, string authorityPem, string certificatePem, string keyPem) => $"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: platform
          cluster:
            server: {server}
            certificate-authority-data: {Base64(authorityPem)}
        contexts:
        - name: platform
          context:
            cluster: platform
            user: {Quoted(user)}
        current-context: platform
        users:
        - name: {Quoted(user)}
          user:
            client-certificate-data: {Base64(certificatePem)}
            client-key-data: {Base64(keyPem)}

        """;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Quoted(string text) => $"\"{text}\"";
}
