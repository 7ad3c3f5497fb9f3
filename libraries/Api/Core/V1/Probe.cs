namespace Platform.Api.Core.V1;

/// <summary>Runs a command in the container; 0 is success.</summary>
public sealed partial record ExecAction
{
    /// <summary>Command that is run, without a shell; the image's when empty.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? Command { get; set; }
}

/// <summary>Asks the gRPC health service.</summary>
public sealed partial record GRPCAction
{
    /// <summary>Port number, or the name of one of the container's ports.</summary>
    [Proto(1), Required]
    public int? Port { get; set; }

    /// <summary>Name of the service that is asked about.</summary>
    [Proto(2), Default("")]
    public string? Service { get; set; }
}

/// <summary>Sends a GET; 200 to 399 is success.</summary>
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

    /// <summary>HTTP (default) or HTTPS; certificates are not checked.</summary>
    [Proto(4), Enum("HTTP", "HTTPS")]
    public string? Scheme { get; set; }

    /// <summary>Headers to send.</summary>
    [Proto(5), ListType("atomic")]
    public IReadOnlyList<HTTPHeader>? HttpHeaders { get; set; }
}

/// <summary>A header.</summary>
public sealed partial record HTTPHeader
{
    /// <summary>Name of the header, such as X-Forwarded-For.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Value of the header.</summary>
    [Proto(2), Required]
    public string? Value { get; set; }
}

/// <summary>What happens after a container's start and before its end.</summary>
public sealed partial record Lifecycle
{
    /// <summary>Right after the start. Where it fails the container is killed.</summary>
    [Proto(1)]
    public LifecycleHandler? PostStart { get; set; }

    /// <summary>Before the end, within the grace period.</summary>
    [Proto(2)]
    public LifecycleHandler? PreStop { get; set; }
}

/// <summary>What is done; exactly one is set.</summary>
public sealed partial record LifecycleHandler
{
    /// <summary>Runs a command.</summary>
    [Proto(1)]
    public ExecAction? Exec { get; set; }

    /// <summary>Sends a request.</summary>
    [Proto(2)]
    public HTTPGetAction? HttpGet { get; set; }

    /// <summary>Deprecated; has no effect in hooks.</summary>
    [Proto(3)]
    public TCPSocketAction? TcpSocket { get; set; }

    /// <summary>Waits.</summary>
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

/// <summary>Waits.</summary>
public sealed partial record SleepAction
{
    /// <summary>How many seconds.</summary>
    [Proto(1), Required]
    public long? Seconds { get; set; }
}

/// <summary>Opens a connection; being accepted is success.</summary>
public sealed partial record TCPSocketAction
{
    /// <summary>Port number, or the name of one of the container's ports.</summary>
    [Proto(1), Required]
    public IntOrString? Port { get; set; }

    /// <summary>Host name or address to connect to; the pod's own address when empty.</summary>
    [Proto(2)]
    public string? Host { get; set; }
}
