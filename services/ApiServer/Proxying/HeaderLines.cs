using System.Security.Cryptography;
using System.Text;

namespace Platform.ApiServer.Proxying;

/// <summary>
/// Several lines of one header. The framework's client joins the values of a header with commas, whereas an extension server takes each line of
/// <c>X-Remote-Group</c> for one group, and a comma for
/// a part of its name. So the values are joined with a secret mark instead, and the connection's stream puts a line break in its place. The mark is random and new in each
/// process: nothing that a client sends can contain it. Only for HTTP/1.1, where headers are text; the client writes all headers of a request at
/// once, so no mark is ever cut in two.
/// </summary>
internal static class HeaderLines
{
    private static readonly string Mark = $"-{RandomNumberGenerator.GetHexString(32)}-";
    private static readonly byte[] MarkBytes = Encoding.ASCII.GetBytes(Mark);
    private static readonly byte[] LineBreak = "\r\n"u8.ToArray();

    /// <summary>One value that becomes a line for each of the values.</summary>
    public static string Join(string name, IEnumerable<string> values) => string.Join($"{Mark}{name}: ", values);

    /// <summary>The bytes as they go onto the wire.</summary>
    public static ReadOnlyMemory<byte> Break(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.IndexOf(MarkBytes) < 0)
            return bytes;
        var output = new MemoryStream(bytes.Length);
        var rest = bytes.Span;
        while (rest.IndexOf(MarkBytes) is >= 0 and var at)
        {
            output.Write(rest[..at]);
            output.Write(LineBreak);
            rest = rest[(at + MarkBytes.Length)..];
        }

        output.Write(rest);
        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }
}
