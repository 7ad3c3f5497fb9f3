using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.Api.ApiExtensions.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.CustomResources.Schemas;

/// <summary>
/// Checks a document against a schema, with upstream's findings word for word. An update is ratcheted: what is wrong with a value that the update leaves
/// as it was is not held against it, so that a schema can become stricter without blocking the objects that exist. Items of lists are the same as
/// before only where their keys say so.
/// </summary>
internal sealed class SchemaValidation
{
    /// <summary>Most findings of a document.</summary>
    private const int MaximumFindings = 200;

    private readonly List<FieldError> _findings = [];

    /// <summary>Findings of a document.</summary>
    /// <param name="value">The document.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="old">The document before an update; null for a create.</param>
    public static IReadOnlyList<FieldError> Validate(JsonNode value, StructuralSchema schema, JsonNode? old = null)
    {
        var validation = new SchemaValidation();
        validation.Check(value, schema, "", old);
        return validation._findings;
    }

    private void Check(JsonNode? value, StructuralSchema schema, string path, JsonNode? old)
    {
        if (_findings.Count >= MaximumFindings)
            return;
        var before = _findings.Count;
        if (value is not null || !schema.Nullable)
        {
            CheckType(value, schema, path);
            CheckEnum(value, schema, path);
            switch (value)
            {
                case JsonObject map:
                    CheckObject(map, schema, path, old as JsonObject);
                    break;
                case JsonArray list:
                    CheckList(list, schema, path, old as JsonArray);
                    break;
                case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String:
                    CheckString(scalar.GetValue<string>(), schema, path);
                    break;
                case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.Number:
                    CheckNumber(scalar, schema.Declared, path);
                    break;
            }
            CheckCombinations(value, schema, path, old);
        }
        if (_findings.Count > before && old is not null && JsonNode.DeepEquals(value, old))
            _findings.RemoveRange(before, _findings.Count - before);
    }

    private void CheckType(JsonNode? value, StructuralSchema schema, string path)
    {
        var wanted = schema.IntOrString ? "integer,string" : schema.Type;
        if (wanted.Length == 0)
            return;
        var found = JsonNumber.TypeName(value);
        var fits = found == wanted || (wanted == "number" && found == "integer")
            || (wanted == "integer" && found == "number" && JsonNumber.IsWhole(value!))
            || (schema.IntOrString && (found is "integer" or "string"));
        if (!fits)
            Type(path, found, wanted);
    }

    private void CheckEnum(JsonNode? value, StructuralSchema schema, string path)
    {
        if (schema.Enum.Count == 0 || schema.Enum.Any(e => JsonNode.DeepEquals(e, value)))
            return;
        var values = schema.Enum.Select(e => SchemaTexts.Quote(e is JsonValue v && v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>() : e?.ToJsonString() ?? "null"));
        _findings.Add(new(FieldErrorType.FieldValueNotSupported, Field(path), ShownValue.Of(value), "supported values: " + string.Join(", ", values)));
    }

    private void CheckObject(JsonObject map, StructuralSchema schema, string path, JsonObject? old)
    {
        var declared = schema.Declared;
        if (declared.MinProperties > map.Count)
            Invalid(path, ShownValue.Of(map), $"should have at least {declared.MinProperties} properties");
        if (declared.MaxProperties < map.Count)
            TooMany(path, map.Count, declared.MaxProperties.Value);
        foreach (var name in declared.Required ?? [])
        {
            if (!map.ContainsKey(name))
                _findings.Add(FieldError.Required(Join(path, name)));
        }
        foreach (var (name, member) in map)
        {
            if (schema.Member(name) is { } known)
                Check(member, known, Join(path, name), old?[name]);
        }
    }

    private void CheckList(JsonArray list, StructuralSchema schema, string path, JsonArray? old)
    {
        var declared = schema.Declared;
        if (declared.MinItems > list.Count)
            Invalid(path, new ShownValue(JsonValue.Create(list.Count)), $"should have at least {declared.MinItems} items");
        if (declared.MaxItems < list.Count)
            TooMany(path, list.Count, declared.MaxItems.Value);
        if (schema.Items is not { } items)
            return;
        var before = ListItems.ByKey(old, declared);
        for (var i = 0; i < list.Count; i++)
            Check(list[i], items, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), ListItems.Find(before, list[i], declared));
    }

    private void CheckString(string text, StructuralSchema schema, string path)
    {
        var declared = schema.Declared;
        // Lengths count code points, as Go's runes do.
        var length = declared.MinLength is null && declared.MaxLength is null ? 0 : text.EnumerateRunes().Count();
        if (declared.MinLength > length)
            Invalid(path, text, $"should be at least {declared.MinLength} chars long");
        if (declared.MaxLength < length)
            _findings.Add(new(FieldErrorType.FieldValueTooLong, Field(path), null, $"may not be more than {declared.MaxLength} bytes"));
        if (schema.Pattern is { } pattern && !Matches(pattern, text))
            Invalid(path, text, $"should match '{declared.Pattern}'");
        if (!string.IsNullOrEmpty(declared.Format) && !schema.IntOrString && !SchemaFormats.Fits(declared.Format, text))
            Type(path, text, declared.Format);
    }

    private static bool Matches(Regex pattern, string text)
    {
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private void CheckNumber(JsonValue value, JSONSchemaProps declared, string path)
    {
        if (declared.Maximum is { } maximum && JsonNumber.Compare(value, maximum) is var over && (declared.ExclusiveMaximum == true ? over >= 0 : over > 0))
            Invalid(path, new ShownValue(value), $"should be less than {(declared.ExclusiveMaximum == true ? "" : "or equal to ")}{JsonNumber.Show(maximum)}");
        if (declared.Minimum is { } minimum && JsonNumber.Compare(value, minimum) is var under && (declared.ExclusiveMinimum == true ? under <= 0 : under < 0))
            Invalid(path, new ShownValue(value), $"should be greater than {(declared.ExclusiveMinimum == true ? "" : "or equal to ")}{JsonNumber.Show(minimum)}");
        if (declared.MultipleOf is { } factor && !JsonNumber.IsMultiple(value, factor))
            Invalid(path, new ShownValue(value), $"should be a multiple of {JsonNumber.Show(factor)}");
    }

    private void CheckCombinations(JsonNode? value, StructuralSchema schema, string path, JsonNode? old)
    {
        if (schema.AnyOf.Count > 0 && Alternatives(value, schema.AnyOf, path, old) is { Valid: 0 } none)
        {
            Whole($"\"{path}\" must validate at least one schema (anyOf)");
            _findings.AddRange(none.Best);
        }
        if (schema.OneOf.Count > 0 && Alternatives(value, schema.OneOf, path, old) is { Valid: not 1 } wrong)
        {
            Whole($"\"{path}\" must validate one and only one schema (oneOf). {(wrong.Valid == 0 ? "Found none valid" : $"Found {wrong.Valid} valid alternatives")}");
            _findings.AddRange(wrong.Valid == 0 ? wrong.Best : []);
        }
        var failed = 0;
        foreach (var part in schema.AllOf)
        {
            var before = _findings.Count;
            Check(value, part, path, old);
            failed += _findings.Count > before ? 1 : 0;
        }
        if (failed > 0)
            Whole($"\"{path}\" must validate all the schemas (allOf){(failed == schema.AllOf.Count ? ". None validated" : "")}");
        if (schema.Not is { } not && Try(value, not, path, old).Count == 0)
            Whole($"\"{path}\" must not validate the schema (not)");
    }

    /// <summary>How many alternatives a value fits, and what is wrong with the one that it fits best.</summary>
    private static (int Valid, IReadOnlyList<FieldError> Best) Alternatives(JsonNode? value, IReadOnlyList<StructuralSchema> schemas, string path, JsonNode? old)
    {
        var valid = 0;
        IReadOnlyList<FieldError>? best = null;
        foreach (var schema in schemas)
        {
            var findings = Try(value, schema, path, old);
            if (findings.Count == 0)
                valid++;
            else if (best is null || findings.Count < best.Count)
                best = findings;
        }
        return (valid, best ?? []);
    }

    private static List<FieldError> Try(JsonNode? value, StructuralSchema schema, string path, JsonNode? old)
    {
        var attempt = new SchemaValidation();
        attempt.Check(value, schema, path, old);
        return attempt._findings;
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    // Upstream prints a path that is not there in this way.
    private static string Field(string path) => path.Length == 0 ? "<nil>" : path;

    private void Whole(string message) => _findings.Add(FieldError.Invalid("<nil>", "", message));

    private void Invalid(string path, object? value, string message) => _findings.Add(FieldError.Invalid(Field(path), value, $"{path} in body {message}"));

    private void Type(string path, string found, string wanted) =>
        _findings.Add(new(FieldErrorType.FieldValueTypeInvalid, Field(path), found, $"{path} in body must be of type {wanted}: {SchemaTexts.Quote(found)}"));

    private void TooMany(string path, int count, long maximum) => _findings.Add(new(FieldErrorType.FieldValueTooMany, Field(path),
        new ShownValue(JsonValue.Create(count)), maximum == 1 ? $"must have at most {maximum} item" : $"must have at most {maximum} items"));
}
