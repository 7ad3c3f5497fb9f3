using System.Buffers.Text;
using System.Text.Json.Nodes;
using Platform.ApiServer.Hosting;

namespace Platform.ApiServer.Authentication.ServiceAccounts;

/// <summary>Publishes the issuer and its public key, so that others can check the cluster's tokens without asking it.</summary>
internal sealed class OpenIdHandler(ServiceAccountTokens tokens) : IRequestHandler
{
    private const string KeysPath = "/openid/v1/jwks";

    public Task? TryHandle(HttpContext context, ApiRequest request)
    {
        if (request.Info.IsResourceRequest || !HttpMethods.IsGet(context.Request.Method))
            return null;
        return request.Info.Path.TrimEnd('/') switch
        {
            "/.well-known/openid-configuration" => WriteAsync(context, "application/json", Configuration()),
            KeysPath => WriteAsync(context, "application/jwk-set+json", Keys()),
            _ => null,
        };
    }

    private JsonObject Configuration() => new()
    {
        ["issuer"] = tokens.Issuer,
        ["jwks_uri"] = tokens.Issuer + KeysPath,
        ["response_types_supported"] = new JsonArray("id_token"),
        ["subject_types_supported"] = new JsonArray("public"),
        ["id_token_signing_alg_values_supported"] = new JsonArray("ES256"),
    };

    private JsonObject Keys()
    {
        var point = tokens.Key.PublicPoint;
        return new()
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["use"] = "sig",
                ["kty"] = "EC",
                ["kid"] = tokens.Key.KeyId,
                ["crv"] = "P-256",
                ["alg"] = "ES256",
                ["x"] = Base64Url.EncodeToString(point.X),
                ["y"] = Base64Url.EncodeToString(point.Y),
            }),
        };
    }

    private static Task WriteAsync(HttpContext context, string type, JsonObject body)
    {
        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}
