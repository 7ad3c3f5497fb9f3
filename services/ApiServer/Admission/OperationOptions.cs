using System.Text.Json.Nodes;
using Platform.Api.Json;
using Platform.Api.Meta.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission;

/// <summary>The options of a write as the object that upstream makes of its query: CreateOptions, UpdateOptions, PatchOptions, DeleteOptions.</summary>
internal static class OperationOptions
{
    public static JsonObject? Of(WriteContext context, string operation)
    {
        var options = new JsonObject
        {
            ["kind"] = (operation, context.Info.Verb) switch
            {
                ("DELETE", _) => "DeleteOptions",
                (_, "patch") => "PatchOptions",
                ("CREATE", _) => "CreateOptions",
                _ => "UpdateOptions",
            },
            ["apiVersion"] = "meta.k8s.io/v1",
        };
        if (operation == "DELETE")
            Deletion(options, context.Deletion);
        else
            Query(options, context.Http?.Request.Query);
        if (context.DryRun)
            options["dryRun"] = new JsonArray("All");
        return options;
    }

    private static void Deletion(JsonObject options, DeleteOptions? deletion)
    {
        if (deletion is null)
            return;
        foreach (var (name, value) in JsonNode.Parse(ApiJson.Encode(deletion))!.AsObject())
        {
            if (name is not ("kind" or "apiVersion"))
                options[name] = value?.DeepClone();
        }
    }

    private static void Query(JsonObject options, IQueryCollection? query)
    {
        if (query is null)
            return;
        if (query["fieldManager"].ToString() is { Length: > 0 } manager)
            options["fieldManager"] = manager;
        if (query["fieldValidation"].ToString() is { Length: > 0 } validation)
            options["fieldValidation"] = validation;
        if (QueryFlag.IsSet(query["force"].FirstOrDefault()))
            options["force"] = true;
    }
}
