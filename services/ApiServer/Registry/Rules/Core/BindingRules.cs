using Platform.Api.Core.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>Bindings are asked for, never stored: a pod is to run on a node.</summary>
internal sealed class BindingRules : ResourceRules<Binding>
{
    protected override IEnumerable<FieldError> Validate(Binding value)
    {
        if (!string.IsNullOrEmpty(value.Target?.Kind) && value.Target.Kind != "Node")
            yield return FieldError.NotSupported("target.kind", value.Target.Kind, ["Node", "<empty>"]);
        if (string.IsNullOrEmpty(value.Target?.Name))
            yield return FieldError.Required("target.name");
    }
}
