using Platform.Api.Authentication.V1;
using Platform.Api.FlowControl.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.FlowControl;

/// <summary>A flow schema with the level that its requests go to, and what it says in answers.</summary>
internal sealed record ActiveFlowSchema(FlowSchema Value, PriorityLevel Level)
{
    public string Uid { get; } = Value.Metadata.Uid ?? "";

    public string Name { get; } = Value.Metadata.Name!;

    /// <summary>
    /// What tells the flows of the schema apart, as a number: the user, the namespace, or nothing. Not the same from one start of the server to the next,
    /// which keeps clients from choosing names that share queues with others.
    /// </summary>
    public ulong FlowOf(UserInfo user, RequestInfo request)
    {
        var flow = Value.Spec?.DistinguisherMethod?.Type switch
        {
            "ByUser" => user.Username,
            "ByNamespace" => request.Namespace,
            _ => "",
        };
        return (ulong)(uint)HashCode.Combine(Name, flow, 1) << 32 | (uint)HashCode.Combine(flow, Name, 2);
    }
}

/// <summary>The flow schemas in the order in which they are asked, as of a version of the objects.</summary>
internal sealed class FlowControlSnapshot(
    long version, IReadOnlyList<ActiveFlowSchema> schemas, IReadOnlyList<(PriorityLevel Level, PriorityLevelConfiguration Value)> levels, ActiveFlowSchema last)
{
    public long Version { get; } = version;

    /// <summary>The levels with the objects that rule them.</summary>
    public IReadOnlyList<(PriorityLevel Level, PriorityLevelConfiguration Value)> Levels => levels;

    public IReadOnlyList<ActiveFlowSchema> Schemas => schemas;

    /// <summary>The first schema that is about a request. The last resort is about all.</summary>
    public ActiveFlowSchema Match(UserInfo user, RequestInfo request)
    {
        for (var i = 0; i < schemas.Count; i++)
        {
            if (FlowMatch.Matches(schemas[i].Value, user, request))
                return schemas[i];
        }
        return last;
    }
}
