using Platform.Api.Authentication.V1;
using Platform.Api.Certificates.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Authorization;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Rules;
using Platform.ApiServer.Registry.Rules.Certificates;

namespace Platform.ApiServer.Admission;

/// <summary>Who approves or denies a certificate request must hold the verb <c>approve</c> on its signer.</summary>
internal sealed class CertificateApproval(IAuthorizer authorizer) : IAdmissionPlugin
{
    public string Name => "CertificateApproval";

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request is { Operation: "UPDATE", Info.Subresource: "approval", OldObject: CertificateSigningRequest old }
            && !SignerAuthorization.Allows(authorizer, request.User, "approve", old.Spec?.SignerName ?? ""))
        {
            throw SignerAuthorization.Refusal(request, $"user not permitted to approve requests with signerName \"{old.Spec?.SignerName}\"");
        }
        return ValueTask.CompletedTask;
    }
}

/// <summary>Who issues a certificate, or says that it cannot, must hold the verb <c>sign</c> on the request's signer.</summary>
internal sealed class CertificateSigning(IAuthorizer authorizer) : IAdmissionPlugin
{
    public string Name => "CertificateSigning";

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request is { Operation: "UPDATE", Info.Subresource: "status", OldObject: CertificateSigningRequest old, Object: CertificateSigningRequest value }
            && !SemanticEquality.Same(value.Status, old.Status)
            && !SignerAuthorization.Allows(authorizer, request.User, "sign", old.Spec?.SignerName ?? ""))
        {
            throw SignerAuthorization.Refusal(request, $"user not permitted to sign requests with signerName \"{old.Spec?.SignerName}\"");
        }
        return ValueTask.CompletedTask;
    }
}

/// <summary>Nobody gets a client certificate of the group that may do everything.</summary>
internal sealed class CertificateSubjectRestriction : IAdmissionPlugin
{
    private const string ClientSigner = "kubernetes.io/kube-apiserver-client";

    public string Name => "CertificateSubjectRestriction";

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request is not { Operation: "CREATE", Info.Subresource: "", Object: CertificateSigningRequest { Spec.SignerName: ClientSigner } value })
            return ValueTask.CompletedTask;
        if (CertificateRequestPem.TryRead(value.Spec.Request, out var asked) is { } wrong)
            throw SignerAuthorization.Refusal(request, $"failed to parse CSR: {wrong}");
        if (CertificateRequestPem.Organizations(asked!).Contains(AuthorizerChain.Masters))
            throw SignerAuthorization.Refusal(request, $"use of {ClientSigner} signer with system:masters group is not allowed");
        return ValueTask.CompletedTask;
    }
}

/// <summary>Rights on signers: by name, or by domain for all of its signers.</summary>
internal static class SignerAuthorization
{
    public static bool Allows(IAuthorizer authorizer, UserInfo user, string verb, string signer)
    {
        if (Asks(signer))
            return true;
        var slash = signer.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0 && Asks(signer[..slash] + "/*");

        bool Asks(string name) => authorizer.Authorize(user, new RequestInfo
        {
            IsResourceRequest = true,
            Path = "",
            Verb = verb,
            Group = "certificates.k8s.io",
            Version = "*",
            Resource = "signers",
            Name = name,
        }).Allowed;
    }

    public static ApiException Refusal(AdmissionRequest request, string why) =>
        ApiErrors.Forbidden(request.Info.Group, request.Info.Resource, request.Name, why);
}
