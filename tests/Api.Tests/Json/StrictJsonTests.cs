using System.Text;
using Platform.Api.Apps.V1;
using Platform.Api.Core.V1;
using Platform.Api.Json;
using Platform.Api.Schema;

namespace Platform.Api.Tests.Json;

/// <summary>Field validation says what upstream says.</summary>
public sealed class StrictJsonTests
{
    [Theory]
    [InlineData("""{"spec":{"foo":1}}""", "unknown field \"spec.foo\"")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{},{"imagee":"x"}]}}}}""", "unknown field \"spec.template.spec.containers[1].imagee\"")]
    [InlineData("""{"spec":{"replicas":1,"replicas":2}}""", "duplicate field \"spec.replicas\"")]
    [InlineData("""{"metadata":{"labels":{"a":"1","a":"2"}}}""", "duplicate field \"metadata.labels.a\"")]
    [InlineData("""{"Spec":{}}""", "unknown field \"Spec\"")]
    [InlineData("""{"metadata":{"managedFields":[{"fieldsV1":{"f:x":{}}}]}}""", "")]
    [InlineData("""{"spec":null,"metadata":{"creationTimestamp":null}}""", "")]
    public void Findings_are_named_by_path(string json, string expected) =>
        string.Join(", ", Check<Deployment>(json).Findings).ShouldBe(expected);

    [Theory]
    [InlineData("""{"spec":{"replicas":"3"}}""", "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("""{"spec":{"replicas":1.5}}""", "json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("""{"spec":[]}""", "json: cannot unmarshal array into Go struct field Deployment.spec of type v1.DeploymentSpec")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":{}}}}}""",
        "json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container")]
    [InlineData("""{"metadata":{"labels":{"a":1}}}""", "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels.a of type string")]
    public void Wrong_types_are_named_as_upstream_names_them(string json, string expected) =>
        Check<Deployment>(json).TypeError.ShouldBe(expected);

    [Theory]
    [InlineData("""{"spec":{"overhead":{"cpu":"1i"}}}""", "unable to parse quantity's suffix")]
    [InlineData("""{"metadata":{"creationTimestamp":"yesterday"}}""", "parsing time \"yesterday\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"yesterday\" as \"2006\"")]
    public void Texts_of_a_form_are_checked(string json, string expected) => Check<Pod>(json).TypeError.ShouldBe(expected);

    [Fact]
    public void Every_declared_resource_round_trips_without_findings()
    {
        foreach (var type in typeof(KubernetesObject).Assembly.GetTypes().Where(t => TypeSchema.Of(t).Resource is not null))
        {
            var bytes = ApiJson.Encode(SampleValues.Of(type));
            StrictJson.Check(bytes, TypeSchema.Of(type)).ShouldSatisfyAllConditions(
                r => r.Findings.ShouldBeEmpty(type.Name),
                r => r.TypeError.ShouldBeNull(type.Name));
            ApiJson.Encode(ApiJson.Decode(bytes, type)).ShouldBe(bytes, type.Name);
        }
    }

    private static StrictResult Check<T>(string json) => StrictJson.Check(Encoding.UTF8.GetBytes(json), TypeSchema.Of(typeof(T)));
}
