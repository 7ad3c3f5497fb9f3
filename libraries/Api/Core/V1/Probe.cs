namespace Platform.Api.Core.V1;

public sealed partial record ExecAction
{
    /// <summary>Command that is run, without a shell; the image's when empty.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? Command { get; set; }
}

public sealed partial record GRPCAction
{
    /// <summary>Port number, or the name of one of the container's ports.</summary>
    [Proto(1), Required]
    public int? Port { get; set; }

    [Proto(2), Default("")]
    public string? Service { get; set; }
}

public sealed partial record HTTPGetAction
{
    /// <summary>Path this entry refers to.</summary>
    [Proto(1)]
    public string? Path { get; set; }

    /// <summary>Port number, or the name of one of the container's ports.</summary>
    [Proto(2), Required]
    public IntOrString? Port { get; set; }

    /// <summary>Host name or address to connect to; the pod's own address when empty.</summary>
    [Proto(3)]
    public string? Host { get; set; }

    [Proto(4)]
    public string? Scheme { get; set; }

    [Proto(5), ListType("atomic")]
    public IReadOnlyList<HTTPHeader>? HttpHeaders { get; set; }
}

public sealed partial record HTTPHeader
{
    [Proto(1), Required]
    public string? Name { get; set; }

    [Proto(2), Required]
    public string? Value { get; set; }
}

public sealed partial record Lifecycle
{
    [Proto(1)]
    public LifecycleHandler? PostStart { get; set; }

    [Proto(2)]
    public LifecycleHandler? PreStop { get; set; }
}

public sealed partial record LifecycleHandler
{
    [Proto(1)]
    public ExecAction? Exec { get; set; }

    [Proto(2)]
    public HTTPGetAction? HttpGet { get; set; }

    [Proto(3)]
    public TCPSocketAction? TcpSocket { get; set; }

    [Proto(4)]
    public SleepAction? Sleep { get; set; }
}

/// <summary>A check of a container.</summary>
public sealed partial record Probe
{
    /// <summary>Time between start and the first check, in seconds.</summary>
    [Proto(2)]
    public int? InitialDelaySeconds { get; set; }

    /// <summary>Longest time of a check, in seconds.</summary>
    [Proto(3)]
    public int? TimeoutSeconds { get; set; }

    /// <summary>Time between checks, in seconds.</summary>
    [Proto(4)]
    public int? PeriodSeconds { get; set; }

    /// <summary>Successes in a row that count as success.</summary>
    [Proto(5)]
    public int? SuccessThreshold { get; set; }

    /// <summary>Failures in a row that count as failure.</summary>
    [Proto(6)]
    public int? FailureThreshold { get; set; }

    /// <summary>How long the container may take to end when this check fails, in seconds.</summary>
    [Proto(7)]
    public long? TerminationGracePeriodSeconds { get; set; }

    /// <summary>Runs a command in the container; exit code 0 is success.</summary>
    public ExecAction? Exec { get; set; }

    /// <summary>Calls the gRPC health service.</summary>
    public GRPCAction? Grpc { get; set; }

    /// <summary>Gets a URL; codes from 200 to 399 are success.</summary>
    public HTTPGetAction? HttpGet { get; set; }

    /// <summary>Opens a connection.</summary>
    public TCPSocketAction? TcpSocket { get; set; }
}

public sealed partial record SleepAction
{
    [Proto(1), Required]
    public long? Seconds { get; set; }
}

public sealed partial record TCPSocketAction
{
    /// <summary>Port number, or the name of one of the container's ports.</summary>
    [Proto(1), Required]
    public IntOrString? Port { get; set; }

    /// <summary>Host name or address to connect to; the pod's own address when empty.</summary>
    [Proto(2)]
    public string? Host { get; set; }
}
