namespace Platform.Cel.Schemas;

/// <summary>
/// Types from schemas (Kubernetes, "Validation rules": types of schemas in the language). Where a schema does not bound how large a value can get, the
/// largest request does: it cannot hold more items than fit if each takes the least bytes that its schema allows.
/// </summary>
public static class SchemaTypes
{
    private const long StringBytes = 2;
    private const long NumberBytes = 1;
    private const long BoolBytes = 4;
    private const long DurationBytes = 4;
    private const long TimestampBytes = 21;
    private const long DateBytes = 12;
    private const long LongestTimestampBytes = 27;
    private const long LongestDurationBytes = 32;
    private const ulong BytesPerCodePoint = 4;

    /// <summary>Deepest nesting of a schema that becomes types; what is deeper is not known to expressions.</summary>
    private const int MaximumDepth = 64;

    /// <summary>Least bytes of an entry of a map besides its value: quotes, colon, comma and a key.</summary>
    private const long EntryBytes = 6;

    /// <summary>The type of values of a schema; null where expressions cannot refer to them.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="isResource">Whether it is an object of the API, whose kind and name expressions may read even if the schema does not declare them.</param>
    /// <param name="name">Name of the object's type in messages.</param>
    public static CelType? From(ICelSchema schema, bool isResource, string name = "object") => From(schema, isResource, name, 0);

    private static CelType? From(ICelSchema schema, bool isResource, string name, int depth)
    {
        if (depth > MaximumDepth)
            return null;
        if (schema.IsIntOrString)
            return CelType.Dyn.WithSize((ulong)CelLimits.MaximumRequestBytes - 2, NumberBytes);
        return schema.Type switch
        {
            "array" => Array(schema, name, depth),
            "object" when schema.AdditionalProperties is { } values => Map(schema, values, name, depth),
            "object" => Object(schema, isResource || schema.IsEmbeddedResource, name, depth),
            "string" => Text(schema),
            "boolean" => CelType.Bool.WithSize(null, BoolBytes),
            "number" => CelType.Double.WithSize(null, NumberBytes),
            "integer" => CelType.Int.WithSize(null, NumberBytes),
            _ => null,
        };
    }

    private static CelType? Array(ICelSchema schema, string name, int depth)
    {
        if (schema.Items is null || From(schema.Items, schema.Items.IsEmbeddedResource, name + ".@idx", depth + 1) is not { } item)
            return null;
        var most = schema.MaxItems is { } given ? (ulong)Math.Max(0, given) : (ulong)((CelLimits.MaximumRequestBytes - 2) / (item.MinSerializedSize + 1));
        return CelType.List(item).WithSize(most, 2).WithListKind(schema.ListKind, schema.ListKeys);
    }

    private static CelType? Map(ICelSchema schema, ICelSchema values, string name, int depth)
    {
        if (From(values, values.IsEmbeddedResource, name + ".@elem", depth + 1) is not { } value)
            return null;
        var most = schema.MaxProperties is { } given
            ? (ulong)Math.Max(0, given)
            : (ulong)((CelLimits.MaximumRequestBytes - 2) / (value.MinSerializedSize + EntryBytes));
        return CelType.Map(CelType.String.WithSize(0, StringBytes), value).WithSize(most, 2);
    }

    private static CelType Object(ICelSchema schema, bool isResource, string name, int depth)
    {
        var fields = new Dictionary<string, CelField>(StringComparer.Ordinal);
        long least = 2;
        foreach (var (property, content) in schema.Properties)
        {
            if (From(content, content.IsEmbeddedResource, $"{name}.{property}", depth + 1) is not { } type)
                continue;
            if (FieldNames.Escape(property) is { } written)
                fields[written] = new(written, type, property);
            if (schema.IsRequired(property) && !content.HasDefault)
                least += property.Length + type.MinSerializedSize + 4;
        }
        if (isResource)
        {
            var text = CelType.String.WithSize((ulong)CelLimits.MaximumRequestBytes, StringBytes);
            fields["apiVersion"] = new("apiVersion", text);
            fields["kind"] = new("kind", text);
            fields["metadata"] = new("metadata", CelType.Object(name + ".metadata", () => [new("name", text), new("generateName", text)]));
        }
        return CelType.Object(name, () => fields.Values).WithSize(null, least);
    }

    private static CelType Text(ICelSchema schema)
    {
        var longest = (ulong)CelLimits.MaximumRequestBytes - 2;
        return schema.Format switch
        {
            "byte" => CelType.Bytes.WithSize(schema.MaxLength is { } bytes ? (ulong)bytes : longest, StringBytes),
            "duration" => CelType.Duration.WithSize((ulong)LongestDurationBytes, DurationBytes),
            "date" => CelType.Timestamp.WithSize((ulong)DateBytes, DateBytes),
            "date-time" => CelType.Timestamp.WithSize((ulong)LongestTimestampBytes, TimestampBytes),
            _ => CelType.String.WithSize(
                schema.MaxLength is { } length ? (ulong)length * BytesPerCodePoint : schema.LongestEnum is { } named ? (ulong)named : longest, StringBytes),
        };
    }
}
