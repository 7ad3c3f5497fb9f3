namespace Platform.Api.Autoscaling.V2;

public sealed partial record MetricTarget
{
    [Proto(1), Required]
    public string? Type { get; set; }

    [Proto(2)]
    public Quantity? Value { get; set; }

    [Proto(3)]
    public Quantity? AverageValue { get; set; }

    [Proto(4)]
    public int? AverageUtilization { get; set; }
}

public sealed partial record MetricValueStatus
{
    [Proto(1)]
    public Quantity? Value { get; set; }

    [Proto(2)]
    public Quantity? AverageValue { get; set; }

    [Proto(3)]
    public int? AverageUtilization { get; set; }
}

public sealed partial record ObjectMetricSource
{
    [Proto(1), Required]
    public CrossVersionObjectReference? DescribedObject { get; set; }

    [Proto(2), Required]
    public MetricTarget? Target { get; set; }

    [Proto(3), Required]
    public MetricIdentifier? Metric { get; set; }
}

public sealed partial record ObjectMetricStatus
{
    [Proto(1), Required]
    public MetricIdentifier? Metric { get; set; }

    [Proto(2), Required]
    public MetricValueStatus? Current { get; set; }

    [Proto(3), Required]
    public CrossVersionObjectReference? DescribedObject { get; set; }
}

public sealed partial record PodsMetricSource
{
    [Proto(1), Required]
    public MetricIdentifier? Metric { get; set; }

    [Proto(2), Required]
    public MetricTarget? Target { get; set; }
}

public sealed partial record PodsMetricStatus
{
    [Proto(1), Required]
    public MetricIdentifier? Metric { get; set; }

    [Proto(2), Required]
    public MetricValueStatus? Current { get; set; }
}

public sealed partial record ResourceMetricSource
{
    [Proto(1), Required]
    public string? Name { get; set; }

    [Proto(2), Required]
    public MetricTarget? Target { get; set; }
}

public sealed partial record ResourceMetricStatus
{
    [Proto(1), Required]
    public string? Name { get; set; }

    [Proto(2), Required]
    public MetricValueStatus? Current { get; set; }
}
