using System.Text;

namespace Platform.NodeAgent.Containerd;

/// <summary>What the machine allows, as far as containerd's configuration depends on it.</summary>
/// <param name="CanRaiseOomPriority">Whether negative oom scores can be set (CAP_SYS_RESOURCE); without that runc fails with an unreadable message.</param>
/// <param name="Overlay">Whether overlayfs works on the file system of containerd's root.</param>
internal sealed record HostAbilities(bool CanRaiseOomPriority, bool Overlay);

/// <summary>
/// Writes the configuration of the node's own containerd. Everything that containerd keeps is below the node's folder, so that it never meets
/// another containerd of the machine. The format is version 2, which every containerd since 1.3 reads.
/// </summary>
internal static class ContainerdConfig
{
    /// <summary>Snapshotters for file systems that are not used here; each costs start-up time and log lines.</summary>
    private static readonly string[] DisabledPlugins =
    [
        "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper",
        "io.containerd.snapshotter.v1.zfs", "io.containerd.tracing.processor.v1.otlp", "io.containerd.internal.v1.tracing",
    ];

    public static string Render(NodeLayout layout, string sandboxImage, string cniPlugins, HostAbilities host)
    {
        const string cri = "plugins.\"io.containerd.grpc.v1.cri\"";
        var text = new StringBuilder();
        text.AppendLine("# Written by the node agent at every start; changes are lost.")
            .AppendLine("version = 2")
            .AppendLine($"root = {Quote(layout.ContainerdRoot)}")
            .AppendLine($"state = {Quote(layout.ContainerdState)}")
            .AppendLine("oom_score = 0")
            .AppendLine($"disabled_plugins = [{string.Join(", ", DisabledPlugins.Select(Quote))}]");
        Section(text, "grpc", ("address", Quote(layout.ContainerdSocket)));
        Section(text, "ttrpc", ("address", Quote(layout.ContainerdSocket + ".ttrpc")));
        Section(text, "debug", ("level", Quote("info")));
        Section(text, "plugins.\"io.containerd.internal.v1.opt\"", ("path", Quote(Path.Combine(layout.Containerd, "opt"))));
        Section(text, "plugins.\"io.containerd.monitor.v1.cgroups\"", ("no_prometheus", "true"));
        Section(text, cri,
            ("sandbox_image", Quote(sandboxImage)),
            ("restrict_oom_score_adj", host.CanRaiseOomPriority ? "false" : "true"),
            ("tolerate_missing_hugetlb_controller", "true"),
            ("enable_unprivileged_ports", "true"),
            ("enable_unprivileged_icmp", "true"),
            ("stream_server_address", Quote("127.0.0.1")),
            ("stream_server_port", Quote("0")));
        Section(text, cri + ".containerd",
            ("snapshotter", Quote(host.Overlay ? "overlayfs" : "native")),
            ("default_runtime_name", Quote("runc")),
            ("discard_unpacked_layers", "false"));
        Section(text, cri + ".containerd.runtimes.runc", ("runtime_type", Quote("io.containerd.runc.v2")));
        Section(text, cri + ".containerd.runtimes.runc.options", ("SystemdCgroup", "false"));
        Section(text, cri + ".cni", ("bin_dir", Quote(cniPlugins)), ("conf_dir", Quote(layout.CniConfig)), ("max_conf_num", "1"));
        return text.ToString();
    }

    private static void Section(StringBuilder text, string name, params (string Key, string Value)[] settings)
    {
        text.AppendLine().AppendLine($"[{name}]");
        foreach (var (key, value) in settings)
            text.AppendLine($"  {key} = {value}");
    }

    /// <summary>A TOML basic string.</summary>
    private static string Quote(string value) =>
        '"' + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';
}
