namespace Aspire.Hosting.Orchestration;

/// <summary>Interleaves the output of many processes, whole lines at a time, each behind the name of its resource.</summary>
internal sealed class PrefixedOutput(TextWriter output, int nameWidth)
{
    private readonly Lock _lock = new();

    public void WriteLine(string name, string line)
    {
        lock (_lock)
        {
            output.Write(name.PadRight(nameWidth));
            output.Write(" | ");
            output.WriteLine(line);
        }
    }

    public async Task PumpAsync(string name, StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
            WriteLine(name, line);
    }
}
