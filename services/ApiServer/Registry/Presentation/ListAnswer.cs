using System.Buffers;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>A list that is about to be sent: what comes before its items, and the items one by one, all as JSON.</summary>
internal sealed class ListAnswer(Presenter presenter, PresentationForm form, ResourceDefinition definition, ListPage page)
{
    private readonly ArrayBufferWriter<byte> _item = new();

    /// <summary>Version and kind of the items.</summary>
    public string ItemApiVersion => form.TypeOf(definition).ApiVersion;

    public string ItemKind => form.TypeOf(definition).Kind;

    /// <summary>Version and kind of the list.</summary>
    public string ApiVersion => ItemApiVersion;

    public string Kind => form.Kind == PresentationKind.Table ? ItemKind : ItemKind + "List";

    /// <summary>The list's metadata as JSON.</summary>
    public ReadOnlySpan<byte> Metadata => MetadataSlice.OfBeginning(JsonHead);

    /// <summary>Everything up to the first item, with the array of items open.</summary>
    public byte[] JsonHead { get; } = Presenter.Head(form, definition, page);

    /// <summary>What follows the last item.</summary>
    public static ReadOnlySpan<byte> JsonEnd => "]}"u8;

    public int Count => page.Items.Count;

    /// <summary>Length of the list as JSON; null where it is not known without making it.</summary>
    public long? JsonLength
    {
        get
        {
            if (form.Kind != PresentationKind.Object)
                return null;
            long length = JsonHead.Length + JsonEnd.Length + Math.Max(Count - 1, 0);
            for (var i = 0; i < page.Items.Count; i++)
                length += page.Items[i].Bytes.Length;
            return length;
        }
    }

    /// <summary>An item in the shape that was asked for; good until the next one is asked for.</summary>
    public ReadOnlyMemory<byte> Item(int index)
    {
        if (form.Kind == PresentationKind.Object)
            return page.Items[index].Bytes;
        _item.ResetWrittenCount();
        presenter.WriteItem(_item, form, page.Items[index]);
        return _item.WrittenMemory;
    }
}
