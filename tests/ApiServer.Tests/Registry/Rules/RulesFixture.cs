using System.Text;
using Platform.Api;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Rules;

namespace Platform.ApiServer.Tests.Registry.Rules;

/// <summary>Runs objects written as YAML through the rules of their kind, as a create or an update does.</summary>
internal static class RulesFixture
{
    public static T Read<T>(string yaml)
        where T : KubernetesObject => ApiJson.Decode<T>(YamlJson.ToJson(Encoding.UTF8.GetBytes(yaml)));

    public static ResourceRules RulesOf<T>() => BuiltInResources.All.Single(d => d.ObjectType == typeof(T)).Rules;

    public static T Created<T>(string yaml)
        where T : KubernetesObject
    {
        var (value, rules) = (Read<T>(yaml), RulesOf<T>());
        rules.Default(value);
        rules.PrepareForCreate(value);
        rules.Complete(value, DateTimeOffset.UnixEpoch);
        return value;
    }

    public static string[] Errors<T>(string yaml)
        where T : KubernetesObject => [.. RulesOf<T>().Validate(Created<T>(yaml)).Select(e => e.ToString())];

    public static string[] UpdateErrors<T>(T old, Action<T> change)
        where T : KubernetesObject
    {
        var (value, rules) = (ApiJson.Decode<T>(ApiJson.Encode(old)), RulesOf<T>());
        change(value);
        rules.Default(value);
        rules.PrepareForUpdate(value, old);
        return [.. rules.Validate(value).Concat(rules.ValidateUpdate(value, old)).Select((FieldError e) => e.ToString())];
    }

    public static string Json(object value) => Encoding.UTF8.GetString(ApiJson.Encode(value));
}
