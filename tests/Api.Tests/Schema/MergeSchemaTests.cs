using Platform.Api.Apps.V1;
using Platform.Api.Core.V1;
using Platform.Api.Schema;

namespace Platform.Api.Tests.Schema;

/// <summary>How built-in types look to server-side apply. The rule: kubernetes.io "Server-Side Apply", merge strategy.</summary>
public sealed class MergeSchemaTests
{
    private static readonly MergeSchema Spec = MergeSchema.Of(TypeSchema.Of(typeof(Pod))).Field("spec")!;

    [Fact]
    public void Containers_are_found_by_name()
    {
        Spec.Field("containers")!.Shape.ShouldBe(MergeShape.MapList);
        Spec.Field("containers")!.Keys.ShouldBe(["name"]);
    }

    [Fact]
    public void Container_ports_are_found_by_two_keys_and_the_protocol_has_a_default()
    {
        var ports = Spec.Field("containers")!.Item!.Field("ports")!;
        ports.Keys.ShouldBe(["containerPort", "protocol"]);
        ports.KeyDefault("protocol")!.Value.GetString().ShouldBe("TCP");
    }

    [Fact]
    public void Declared_structures_without_a_map_type_are_granular_and_selectors_are_atomic()
    {
        Spec.Shape.ShouldBe(MergeShape.Map);
        MergeSchema.Of(TypeSchema.Of(typeof(Deployment))).Field("spec")!.Field("selector")!.Shape.ShouldBe(MergeShape.AtomicMap);
        Spec.Field("nodeSelector")!.Shape.ShouldBe(MergeShape.AtomicMap);
    }

    [Fact]
    public void Finalizers_are_a_set_and_arguments_are_one_value()
    {
        MergeSchema.Of(TypeSchema.Of(typeof(Pod))).Field("metadata")!.Field("finalizers")!.Shape.ShouldBe(MergeShape.SetList);
        Spec.Field("containers")!.Item!.Field("args")!.Shape.ShouldBe(MergeShape.AtomicList);
    }

    [Fact]
    public void Maps_have_items_and_no_fields()
    {
        var labels = MergeSchema.Of(TypeSchema.Of(typeof(Pod))).Field("metadata")!.Field("labels")!;
        labels.Shape.ShouldBe(MergeShape.Map);
        labels.Field("app").ShouldBeNull();
        labels.Item!.Shape.ShouldBe(MergeShape.Scalar);
    }

    [Fact]
    public void Only_what_is_held_by_value_is_always_present()
    {
        MergeSchema.Of(TypeSchema.Of(typeof(Pod))).IsAlwaysPresent("spec").ShouldBeTrue();
        Spec.IsAlwaysPresent("containers").ShouldBeTrue();
        Spec.IsAlwaysPresent("volumes").ShouldBeFalse();
        Spec.IsAlwaysPresent("securityContext").ShouldBeFalse();
    }
}
