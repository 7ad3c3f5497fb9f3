using System.Text;
using System.Text.Json.Nodes;
using Platform.Api.Core.V1;
using Platform.Api.Json;

namespace Platform.NodeAgent.Pods;

/// <summary>
/// A status as a strategic merge patch: conditions of others stay since conditions merge by type, fields that are no longer set are removed by null, and
/// the uid makes sure that a pod of the same name made meanwhile is not touched.
/// </summary>
internal static class PodStatusPatch
{
    public static byte[] Build(string uid, PodStatus before, PodStatus status)
    {
        var own = status with { Conditions = [.. (status.Conditions ?? []).Where(c => PodConditions.IsOwn(c.Type))] };
        var after = (JsonObject)JsonNode.Parse(ApiJson.Encode(own))!;
        foreach (var (name, _) in (JsonObject)JsonNode.Parse(ApiJson.Encode(before))!)
        {
            if (!after.ContainsKey(name) && name != "conditions")
                after[name] = null;
        }

        // Addresses merge by ip, so that one that is gone would stay.
        if (after["podIPs"] is JsonArray ips && before.PodIPs is { Count: > 0 } old && old.Any(o => status.PodIPs!.All(n => n.Ip != o.Ip)))
            ips.Insert(0, new JsonObject { ["$patch"] = "replace" });
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["uid"] = uid }, ["status"] = after };
        return Encoding.UTF8.GetBytes(patch.ToJsonString());
    }
}
