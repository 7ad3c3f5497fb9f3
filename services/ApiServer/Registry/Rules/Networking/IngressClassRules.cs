using System.Text.RegularExpressions;
using Platform.Api.Errors;
using Platform.Api.Networking.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Networking;

/// <summary>Ingress classes: which controller serves an ingress.</summary>
internal sealed partial class IngressClassRules : ResourceRules<IngressClass>
{
    /// <summary>Longest controller name, in bytes.</summary>
    private const int LongestController = 250;

    private const string PathForm = "^[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+$";
    private static readonly string[] Scopes = ["Cluster", "Namespace"];

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Controller", Description: "Controller that serves the class."),
        new("Parameters", Description: "Object that holds the controller's parameters."),
        Cells.Age,
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(IngressClass value)
    {
        if (value.Spec?.Parameters is { } parameters)
            parameters.Scope ??= "Cluster";
    }

    protected override void PrepareForCreate(IngressClass value) => value.Metadata.Generation = 1;

    protected override bool PrepareForUpdate(IngressClass value, IngressClass old) => !SemanticEquality.Same(value.Spec, old.Spec);

    protected override IEnumerable<FieldError> Validate(IngressClass value)
    {
        var controller = value.Spec?.Controller ?? "";
        if (controller.Length > LongestController)
            yield return FieldError.TooLong("spec.controller", LongestController);
        foreach (var error in PrefixedPath(controller, "spec.controller"))
            yield return error;
        if (value.Spec?.Parameters is not { } parameters)
            yield break;
        foreach (var error in Parameters(parameters, "spec.parameters"))
            yield return error;
    }

    protected override IEnumerable<FieldError> ValidateUpdate(IngressClass value, IngressClass old) =>
        Immutable.Check(value.Spec?.Controller, old.Spec?.Controller, "spec.controller");

    protected override object?[] Row(IngressClass value, DateTimeOffset now) =>
        [value.Metadata.Name, value.Spec?.Controller, Show(value.Spec?.Parameters), Cells.Since(value.Metadata.CreationTimestamp, now)];

    private static string Show(IngressClassParametersReference? parameters) =>
        parameters is null ? Cells.None : $"{parameters.Kind}{(parameters.ApiGroup is { } group ? "." + group : "")}/{parameters.Name}";

    private static IEnumerable<FieldError> PrefixedPath(string value, string path)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (value.Length == 0)
            yield return FieldError.Required(path);
        else if (slash <= 0 || slash == value.Length - 1)
            yield return FieldError.Invalid(path, value, "must be a domain-prefixed path (such as \"acme.io/foo\")");
        else
        {
            foreach (var error in Findings.Of(NameFormats.DnsSubdomain(value[..slash]), path, value[..slash]))
                yield return error;
            if (!PathRegex().IsMatch(value[(slash + 1)..]))
                yield return FieldError.Invalid(path, value[(slash + 1)..], $"Invalid path (regex used for validation is '{PathForm}')");
        }
    }

    private static IEnumerable<FieldError> Parameters(IngressClassParametersReference parameters, string path)
    {
        foreach (var error in IngressValidation.Reference(parameters.ApiGroup, parameters.Kind, parameters.Name, path))
            yield return error;
        switch (parameters.Scope)
        {
            case null:
                yield return FieldError.Required($"{path}.scope");
                break;
            case "Namespace" when parameters.Namespace is null:
                yield return FieldError.Required($"{path}.namespace", "`parameters.scope` is set to 'Namespace'");
                break;
            case "Namespace":
                foreach (var error in Findings.Of(NameFormats.DnsLabel(parameters.Namespace), $"{path}.namespace", parameters.Namespace))
                    yield return error;
                break;
            case "Cluster":
                if (parameters.Namespace is not null)
                    yield return FieldError.Forbidden($"{path}.namespace", "`parameters.scope` is set to 'Cluster'");
                break;
            default:
                yield return FieldError.NotSupported($"{path}.scope", parameters.Scope, Scopes);
                break;
        }
    }

    [GeneratedRegex(PathForm, RegexOptions.CultureInvariant)]
    private static partial Regex PathRegex();
}
