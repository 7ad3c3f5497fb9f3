using System.Text;
using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent.Pods;

/// <summary>Adds to ended containers what they have left as their last words: from their file, or from the end of their log.</summary>
internal sealed class TerminationMessages(NodeLayout layout)
{
    private const int MaxFileBytes = 4096;
    private const int MaxLogBytes = 2048;
    private const int MaxLogLines = 80;

    public PodRuntimeState AddTo(PodRuntimeState state) => state.Containers.All(c => c.Phase != ContainerPhase.Exited)
        ? state
        : state with { Containers = [.. state.Containers.Select(AddTo)] };

    private RuntimeContainer AddTo(RuntimeContainer container)
    {
        if (container.Phase != ContainerPhase.Exited)
            return container;
        var message = Tail(layout.TerminationMessage(container.Pod.Uid, container.Name, container.Attempt), MaxFileBytes);
        if (message.Length == 0 && container.ExitCode != 0
            && container.Annotations.GetValueOrDefault(RuntimeLabels.TerminationMessagePolicy) == "FallbackToLogsOnError")
            message = LogTail(container.LogPath);
        return message.Length == 0 ? container : container with { Message = message };
    }

    private static string LogTail(string path)
    {
        // Each line of a log begins with time, stream and tag.
        var lines = Tail(path, MaxLogBytes * 2).Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(MaxLogLines).Select(line =>
            line.Split(' ', 4) is [_, _, _, var text] ? text : "");
        var result = string.Join('\n', lines);
        return result.Length > MaxLogBytes ? result[^MaxLogBytes..] : result;
    }

    private static string Tail(string path, int maxBytes)
    {
        if (!File.Exists(path))
            return "";
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(-Math.Min(file.Length, maxBytes), SeekOrigin.End);
        var buffer = new byte[maxBytes];
        var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
