using Platform.Api.Errors;
using Platform.Api.Selectors;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry;

/// <summary>What a list or watch asks for, checked as upstream checks it.</summary>
internal sealed record ListOptions(Selection Selection, ReadVersion Version, string VersionMatch, int Limit, string Continue)
{
    public static ListOptions Of(RegistryRequest request, ResourceCache cache)
    {
        var info = request.Info;
        var selection = new Selection(info.Namespace, Labels(request), Fields(request, cache));
        if (!request.Http.Request.QueryString.HasValue)
            return new(selection, new(-1), "", 0, "");
        var limit = (int)Math.Clamp(request.Number("limit") ?? 0, 0, int.MaxValue);
        var options = new ListOptions(selection, ReadVersion.Parse(request.Query("resourceVersion")), request.Query("resourceVersionMatch"), limit, request.Query("continue"));
        options.Check(request);
        return options;
    }

    private void Check(RegistryRequest request)
    {
        if (VersionMatch.Length == 0)
            return;
        if (VersionMatch is not ("Exact" or "NotOlderThan"))
            throw Invalid(FieldError.NotSupported("resourceVersionMatch", VersionMatch, ["Exact", "NotOlderThan", ""]));
        if (Continue.Length > 0)
            throw Invalid(FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided"));
        if (Version.IsLatest && request.Query("sendInitialEvents").Length == 0)
            throw Invalid(FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided"));
        if (Version.IsAny && VersionMatch == "Exact")
            throw Invalid(FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
    }

    private static Selector Labels(RegistryRequest request)
    {
        try
        {
            return Selector.Parse(request.Query("labelSelector"));
        }
        catch (SelectorSyntaxException e)
        {
            throw ApiErrors.BadRequest($"unable to parse requirement: {e.Message}".Replace("unable to parse requirement: unable to parse requirement",
                "unable to parse requirement", StringComparison.Ordinal));
        }
    }

    private static FieldSelector Fields(RegistryRequest request, ResourceCache cache)
    {
        try
        {
            var selector = FieldSelector.Parse(request.Query("fieldSelector"));
            foreach (var requirement in selector.Requirements)
            {
                if (!cache.Fields.Supports(request.Definition.StorageField(requirement.Field)))
                    throw ApiErrors.BadRequest($"Unable to find \"{request.Definition.ApiVersion}, Resource={request.Definition.Plural}\" that match "
                        + $"label selector \"{request.Query("labelSelector")}\", field selector \"{selector}\": field label not supported: {requirement.Field}");
            }
            return request.Definition.StoredAs is null ? selector : selector.Renamed(request.Definition.StorageField);
        }
        catch (SelectorSyntaxException e)
        {
            throw ApiErrors.BadRequest(e.Message);
        }
    }

    private static ApiException Invalid(FieldError error) => ApiErrors.Invalid("meta.k8s.io", "ListOptions", "", [error]);
}
