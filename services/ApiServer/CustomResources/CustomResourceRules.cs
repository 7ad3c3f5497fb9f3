using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.ApiExtensions.V1;
using SelectableField = Platform.ApiServer.Registry.SelectableField;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Selectors;
using Platform.Api.Validation;
using Platform.ApiServer.CustomResources.Schemas;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Rules;

namespace Platform.ApiServer.CustomResources;

/// <summary>The rules of one version of a custom kind, which are those of its schema and its subresources.</summary>
internal sealed class CustomResourceRules : ResourceRules<CustomObject>
{
    private readonly StructuralSchema _schema;
    private readonly bool _hasStatus;
    private readonly CustomResourceSubresourceScale? _scale;
    private readonly CustomColumns _columns;
    private readonly Func<JsonObject, JsonObject?, IEnumerable<FieldError>>? _rules;

    public CustomResourceRules(CustomResourceDefinitionVersion version, StructuralSchema schema, IReadOnlyList<SelectableField> fields,
        Func<JsonObject, JsonObject?, IEnumerable<FieldError>>? rules)
    {
        _schema = schema;
        _rules = rules;
        _hasStatus = version.Subresources?.Status is not null;
        _scale = version.Subresources?.Scale;
        _columns = new(version.AdditionalPrinterColumns ?? []);
        SelectableFields = fields;
    }

    public override bool AllowsUnconditionalUpdate => false;

    public override IReadOnlyList<TableColumn> Columns => _columns.Headers;

    public override IReadOnlyList<SelectableField> SelectableFields { get; }

    public override bool WantsQualifiedFinalizers => false;

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override IEnumerable<string> Warnings(CustomObject value) => FinalizerWarnings(value.Metadata.Finalizers ?? []);

    protected override IEnumerable<string> UpdateWarnings(CustomObject value, CustomObject old) =>
        FinalizerWarnings((value.Metadata.Finalizers ?? []).Except(old.Metadata.Finalizers ?? []));

    private static IEnumerable<string> FinalizerWarnings(IEnumerable<string> added) => added.Where(ObjectMetaValidation.IsUnqualified).Select(f =>
        $"metadata.finalizers: \"{f}\": prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers");

    protected override void Default(CustomObject value)
    {
        if (SchemaPruning.Prune(value.Content, _schema, isResource: true, DocumentPath.Root, null))
            EmbeddedObjects.Coerce(value.Content, _schema);
        SchemaDefaulting.Default(value.Content, _schema);
    }

    protected override void PrepareForCreate(CustomObject value)
    {
        if (_hasStatus)
            value.Content.Remove("status");
        value.Metadata.Generation = 1;
    }

    protected override bool PrepareForUpdate(CustomObject value, CustomObject old)
    {
        if (!_hasStatus)
            return !JsonNode.DeepEquals(value.Content, old.Content);
        value.Content.Remove("status");
        if (old.Content.TryGetPropertyValue("status", out var status))
            value.Content["status"] = status?.DeepClone();
        return !JsonNode.DeepEquals(value.Content, old.Content);
    }

    protected override void PrepareForStatusUpdate(CustomObject value, CustomObject old)
    {
        var hasStatus = value.Content.Remove("status", out var status);
        value.Content = (JsonObject)old.Content.DeepClone();
        value.Content.Remove("status");
        if (hasStatus)
            value.Content["status"] = status;
        value.Metadata = old.Metadata with { ManagedFields = value.Metadata.ManagedFields, ResourceVersion = value.Metadata.ResourceVersion };
    }

    protected override IEnumerable<FieldError> ValidateCreate(CustomObject value) => Findings(value, null);

    protected override IEnumerable<FieldError> ValidateUpdate(CustomObject value, CustomObject old) => Findings(value, old);

    protected override IEnumerable<FieldError> ValidateStatusUpdate(CustomObject value, CustomObject old) => Findings(value, old);

    protected override object?[] Row(CustomObject value, DateTimeOffset now) => _columns.Row(value, now);

    private List<FieldError> Findings(CustomObject value, CustomObject? old)
    {
        // The schema may say something of metadata's name, and rules may use it.
        var (document, before) = (CustomDocument.Of(value), old is null ? null : CustomDocument.Of(old));
        List<FieldError> findings = [.. SchemaValidation.Validate(document, _schema, before)];
        findings.AddRange(EmbeddedObjects.Validate(value.Content, _schema, "", old?.Content));
        findings.AddRange(ListItems.Duplicates(value.Content, _schema, "", old?.Content));
        findings.AddRange(ValidateScale(value));
        if (_rules is null)
            return findings;
        // Rules may rely on the schema: they are asked only about what has the right form, and the client is told where they were not.
        if (findings.Any(IsOfForm))
            findings.Add(FieldError.Invalid("<nil>", "null",
                "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation"));
        else
            findings.AddRange(_rules(document, before));
        return findings;
    }

    private static bool IsOfForm(FieldError finding) => finding.Type is FieldErrorType.FieldValueNotSupported or FieldErrorType.FieldValueRequired
        or FieldErrorType.FieldValueTooLong or FieldErrorType.FieldValueTooMany or FieldErrorType.FieldValueTypeInvalid;

    private IEnumerable<FieldError> ValidateScale(CustomObject value)
    {
        if (_scale is null)
            yield break;
        foreach (var path in new[] { _scale.SpecReplicasPath!, _scale.StatusReplicasPath! })
        {
            if (JsonPath.Parse(path)?.Find(value.Content) is not [JsonValue found] || found.GetValueKind() != JsonValueKind.Number)
                continue;
            var text = found.ToJsonString();
            if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var replicas))
                continue;
            if (replicas < 0)
                yield return FieldError.Invalid(path.TrimStart('.'), replicas, "should be a non-negative integer");
            else if (replicas > int.MaxValue)
                yield return FieldError.Invalid(path.TrimStart('.'), replicas, $"should be less than or equal to {int.MaxValue}");
        }
        if (string.IsNullOrEmpty(_scale.LabelSelectorPath) || JsonPath.Parse(_scale.LabelSelectorPath)?.Find(value.Content) is not [JsonValue selector]
            || selector.GetValueKind() != JsonValueKind.String || SelectorFault(selector.GetValue<string>()) is not { } fault)
        {
            yield break;
        }
        yield return FieldError.Invalid(_scale.LabelSelectorPath.TrimStart('.'), selector.GetValue<string>(), fault);
    }

    private static string? SelectorFault(string text)
    {
        try
        {
            Selector.Parse(text);
            return null;
        }
        catch (SelectorSyntaxException e)
        {
            return e.Message;
        }
    }
}
