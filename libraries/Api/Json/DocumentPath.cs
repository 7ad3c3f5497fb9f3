using System.Globalization;
using System.Text;

namespace Platform.Api.Json;

/// <summary>
/// A place in a document, which becomes a text only when somebody asks. Walkers that made the text of every place that they pass would take time and memory that
/// grow with the depth of the document times its width.
/// </summary>
public sealed class DocumentPath
{
    private readonly DocumentPath? _parent;
    private readonly string? _text;
    private readonly int _index;
    private readonly bool _isMember;

    private DocumentPath(DocumentPath? parent, string? text, int index, bool isMember)
    {
        _parent = parent;
        _text = text;
        _index = index;
        _isMember = isMember;
    }

    /// <summary>The document itself.</summary>
    public static DocumentPath Root { get; } = new(null, null, 0, false);

    /// <summary>Whether this is the document itself.</summary>
    public bool IsRoot => _parent is null;

    /// <summary>A member of the object here.</summary>
    public DocumentPath Member(string name) => new(this, name, 0, true);

    /// <summary>An item of the list here.</summary>
    public DocumentPath Item(int index) => new(this, null, index, false);

    /// <summary>What is here under a name of another form, such as <c>[name="x"]</c>.</summary>
    public DocumentPath Part(string text) => new(this, text, 0, false);

    /// <summary>Whether this is the member of that name of the document itself.</summary>
    public bool IsMember(string name) => _parent is { IsRoot: true } && _isMember && _text == name;

    /// <summary>The place as <c>spec.containers[0].image</c>.</summary>
    public override string ToString()
    {
        var steps = new Stack<DocumentPath>();
        for (var step = this; step._parent is not null; step = step._parent)
            steps.Push(step);
        var text = new StringBuilder();
        foreach (var step in steps)
        {
            if (step._text is null)
                text.Append(CultureInfo.InvariantCulture, $"[{step._index}]");
            else
                text.Append(step._isMember && text.Length > 0 ? "." : "").Append(step._text);
        }

        return text.ToString();
    }
}
