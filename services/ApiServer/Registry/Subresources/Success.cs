using Platform.Api.Json;
using Platform.Api.Meta.V1;

namespace Platform.ApiServer.Registry.Subresources;

/// <summary>The answer of a POST that makes nothing to show.</summary>
internal static class Success
{
    private static readonly byte[] Created = ApiJson.Encode(new Status
    {
        ApiVersion = "v1",
        Kind = "Status",
        Metadata = new(),
        StatusValue = "Success",
        Code = StatusCodes.Status201Created,
    });

    public static Task CreatedAsync(HttpContext http) => ObjectResponse.WriteAsync(http, StatusCodes.Status201Created, Created);
}
