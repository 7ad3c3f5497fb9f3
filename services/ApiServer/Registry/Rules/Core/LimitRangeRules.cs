using System.Globalization;
using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>Limit ranges: what a single pod, container or claim of a namespace may ask for, and what it gets where it does not ask.</summary>
internal sealed class LimitRangeRules : ResourceRules<LimitRange>
{
    private static readonly string[] Native = ["cpu", "memory", "ephemeral-storage", "storage"];
    private static readonly Dictionary<string, Quantity> None = [];

    public override IReadOnlyList<TableColumn> Columns { get; } = [Cells.Name, new("Created At", Description: "When the object was created.")];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    /// <summary>A container's default limit is the greatest allowed, its default request the default limit, or else the least allowed.</summary>
    protected override void Default(LimitRange value)
    {
        foreach (var item in (value.Spec ??= new()).Limits ?? [])
        {
            if (item.Type != "Container")
                continue;
            item.Default = With(item.Default, item.Max);
            item.DefaultRequest = With(With(item.DefaultRequest, item.Default), item.Min);
        }
    }

    protected override IEnumerable<FieldError> Validate(LimitRange value)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < (value.Spec?.Limits?.Count ?? 0); i++)
        {
            var (item, path) = (value.Spec!.Limits![i], $"spec.limits[{i}]");
            foreach (var error in TypeName(item.Type ?? "", $"{path}.type"))
                yield return error;
            if (!types.Add(item.Type ?? ""))
                yield return FieldError.Duplicate($"{path}.type", item.Type ?? "");
            foreach (var error in Item(item, path))
                yield return error;
        }
    }

    protected override IEnumerable<FieldError> ValidateUpdate(LimitRange value, LimitRange old) => [];

    protected override object?[] Row(LimitRange value, DateTimeOffset now) =>
        [value.Metadata.Name, value.Metadata.CreationTimestamp?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)];

    private static IReadOnlyDictionary<string, Quantity>? With(IReadOnlyDictionary<string, Quantity>? amounts, IReadOnlyDictionary<string, Quantity>? more)
    {
        if (more is not { Count: > 0 })
            return amounts;
        var all = new Dictionary<string, Quantity>(amounts ?? None, StringComparer.Ordinal);
        foreach (var (name, amount) in more)
            all.TryAdd(name, amount);
        return all;
    }

    private static IEnumerable<FieldError> TypeName(string type, string path)
    {
        foreach (var error in NameFormats.QualifiedName(type))
            yield return FieldError.Invalid(path, type, error);
        if (type.Length > 0 && !type.Contains('/') && type is not ("Pod" or "Container" or "PersistentVolumeClaim"))
            yield return FieldError.Invalid(path, type, "must be a standard limit type or fully qualified");
    }

    private static IEnumerable<FieldError> Item(LimitRangeItem item, string path)
    {
        foreach (var error in new[] { (item.Max, "max"), (item.Min, "min"), (item.Default, "default"), (item.DefaultRequest, "defaultRequest"),
            (item.MaxLimitRequestRatio, "maxLimitRequestRatio") }.SelectMany(l => Names(item.Type, l.Item1 ?? None, $"{path}.{l.Item2}")))
            yield return error;
        if (item.Type == "Pod")
        {
            if (item.Default is { Count: > 0 })
                yield return FieldError.Forbidden($"{path}.default", "may not be specified when `type` is 'Pod'");
            if (item.DefaultRequest is { Count: > 0 })
                yield return FieldError.Forbidden($"{path}.defaultRequest", "may not be specified when `type` is 'Pod'");
        }

        if (item.Type == "PersistentVolumeClaim" && item.Min?.ContainsKey("storage") != true && item.Max?.ContainsKey("storage") != true)
            yield return FieldError.Required($"{path}.limits", "either minimum or maximum storage value is required, but neither was provided");
        var names = new[] { item.Max, item.Min, item.Default, item.DefaultRequest, item.MaxLimitRequestRatio }.SelectMany(l => l?.Keys ?? [])
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        foreach (var error in names.SelectMany(n => Order(item, n, path)))
            yield return error;
    }

    private static IEnumerable<FieldError> Names(string? type, IReadOnlyDictionary<string, Quantity> amounts, string path)
    {
        foreach (var name in amounts.Keys)
        {
            var at = $"{path}[{name}]";
            foreach (var error in NameFormats.QualifiedName(name))
                yield return FieldError.Invalid(at, name, error);
            if (name.Contains('/') || name.StartsWith("hugepages-", StringComparison.Ordinal))
                continue;
            if (type is "Pod" or "Container" ? name is not ("cpu" or "memory" or "ephemeral-storage") : !Native.Contains(name) && !QuotaResources.IsStandard(name))
                yield return FieldError.Invalid(at, name, type is "Pod" or "Container"
                    ? "must be a standard resource for containers" : "must be a standard resource type or fully qualified");
        }
    }

    private static IEnumerable<FieldError> Order(LimitRangeItem item, string name, string path)
    {
        Quantity? Of(IReadOnlyDictionary<string, Quantity>? list) => list?.TryGetValue(name, out var amount) == true ? amount : default(Quantity?);
        var (min, max, preset, request, ratio) = (Of(item.Min), Of(item.Max), Of(item.Default), Of(item.DefaultRequest), Of(item.MaxLimitRequestRatio));
        if (min > max)
            yield return FieldError.Invalid($"{path}.min[{name}]", min.ToString(), $"min value {min} is greater than max value {max}");
        if (min > request)
            yield return FieldError.Invalid($"{path}.defaultRequest[{name}]", request.ToString(), $"min value {min} is greater than default request value {request}");
        if (request > max)
            yield return FieldError.Invalid($"{path}.defaultRequest[{name}]", request.ToString(), $"default request value {request} is greater than max value {max}");
        if (request > preset)
            yield return FieldError.Invalid($"{path}.defaultRequest[{name}]", request.ToString(), $"default request value {request} is greater than default limit value {preset}");
        if (min > preset)
            yield return FieldError.Invalid($"{path}.default[{name}]", min.ToString(), $"min value {min} is greater than default value {preset}");
        if (preset > max)
            yield return FieldError.Invalid($"{path}.default[{name}]", max.ToString(), $"default value {preset} is greater than max value {max}");
        if (ratio < new Quantity(1))
            yield return FieldError.Invalid($"{path}.maxLimitRequestRatio[{name}]", ratio.ToString(), $"ratio {ratio} is less than 1");
        if (ratio is { } most && min is { IsZero: false } least && max is { } greatest && most.ToDouble() > greatest.ToDouble() / least.ToDouble())
            yield return FieldError.Invalid($"{path}.maxLimitRequestRatio[{name}]", ratio.ToString(),
                string.Create(CultureInfo.InvariantCulture, $"ratio {most} is greater than max/min = {greatest.ToDouble() / least.ToDouble():F6}"));
        // What cannot be overcommitted has one value for both.
        if (name.StartsWith("hugepages-", StringComparison.Ordinal) && preset is not null && request is not null && preset != request)
            yield return FieldError.Invalid($"{path}.defaultRequest[{name}]", request.ToString(), $"default value {preset} must equal to defaultRequest value {request} in {name}");
    }
}
