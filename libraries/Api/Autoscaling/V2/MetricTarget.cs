namespace Platform.Api.Autoscaling.V2;

/// <summary>Where a measure should be.</summary>
public sealed partial record MetricTarget
{
    /// <summary>Utilization, Value or AverageValue; says which of the other fields is set.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>The value itself.</summary>
    [Proto(2)]
    public Quantity? Value { get; set; }

    /// <summary>Mean over the pods.</summary>
    [Proto(3)]
    public Quantity? AverageValue { get; set; }

    /// <summary>Mean over the pods, in percent of what they request.</summary>
    [Proto(4)]
    public int? AverageUtilization { get; set; }
}

/// <summary>Where a measure is.</summary>
public sealed partial record MetricValueStatus
{
    /// <summary>The value itself.</summary>
    [Proto(1)]
    public Quantity? Value { get; set; }

    /// <summary>Mean over the pods.</summary>
    [Proto(2)]
    public Quantity? AverageValue { get; set; }

    /// <summary>Mean over the pods, in percent of what they request.</summary>
    [Proto(3)]
    public int? AverageUtilization { get; set; }
}

/// <summary>A measure of one object, such as an Ingress.</summary>
public sealed partial record ObjectMetricSource
{
    /// <summary>The object.</summary>
    [Proto(1), Required]
    public CrossVersionObjectReference? DescribedObject { get; set; }

    /// <summary>Where the measure should be.</summary>
    [Proto(2), Required]
    public MetricTarget? Target { get; set; }

    /// <summary>Which measure.</summary>
    [Proto(3), Required]
    public MetricIdentifier? Metric { get; set; }
}

/// <summary>Present value of a measure of one object.</summary>
public sealed partial record ObjectMetricStatus
{
    /// <summary>Which measure.</summary>
    [Proto(1), Required]
    public MetricIdentifier? Metric { get; set; }

    /// <summary>Where it is.</summary>
    [Proto(2), Required]
    public MetricValueStatus? Current { get; set; }

    /// <summary>The object.</summary>
    [Proto(3), Required]
    public CrossVersionObjectReference? DescribedObject { get; set; }
}

/// <summary>A measure of each pod, of which the mean counts.</summary>
public sealed partial record PodsMetricSource
{
    /// <summary>Which measure.</summary>
    [Proto(1), Required]
    public MetricIdentifier? Metric { get; set; }

    /// <summary>Where its mean should be.</summary>
    [Proto(2), Required]
    public MetricTarget? Target { get; set; }
}

/// <summary>Present mean of a measure of each pod.</summary>
public sealed partial record PodsMetricStatus
{
    /// <summary>Which measure.</summary>
    [Proto(1), Required]
    public MetricIdentifier? Metric { get; set; }

    /// <summary>Where its mean is.</summary>
    [Proto(2), Required]
    public MetricValueStatus? Current { get; set; }
}

/// <summary>A resource that each pod uses.</summary>
public sealed partial record ResourceMetricSource
{
    /// <summary>Resource, such as cpu or memory.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Where it should be.</summary>
    [Proto(2), Required]
    public MetricTarget? Target { get; set; }
}

/// <summary>Present use of a resource.</summary>
public sealed partial record ResourceMetricStatus
{
    /// <summary>Resource, such as cpu or memory.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Where it is.</summary>
    [Proto(2), Required]
    public MetricValueStatus? Current { get; set; }
}
