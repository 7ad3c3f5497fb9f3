using System.Text.Json;

namespace Platform.Api.Json;

/// <summary>
/// How deeply documents may be nested: the one bound that every reader, writer and walker of documents keeps. Walkers recurse, the hungriest of them (the
/// comparison of fields) through three methods and a kilobyte per level, so that the bound fits twice into the smallest stack that a thread gets anywhere, one
/// megabyte. Upstream's decoder stops at 10,000 levels; schemas, and with them whatever has a meaning, end at 100.
/// </summary>
public static class JsonDepth
{
    /// <summary>Deepest nesting of objects and lists within an object of the API.</summary>
    public const int Object = 500;

    /// <summary>
    /// Deepest nesting that is read and written. An object is part of something larger: lists, events, tables and reviews enclose it, and its managedFields
    /// are as deep as it is, some levels further in.
    /// </summary>
    public const int Enclosed = Object + 32;

    /// <summary>What is said of a document that is deeper.</summary>
    public const string Exceeded = "exceeded max depth";

    /// <summary>For readers of tokens.</summary>
    public static JsonReaderOptions Reader { get; } = new() { MaxDepth = Enclosed };

    /// <summary>For parsed documents.</summary>
    public static JsonDocumentOptions Document { get; } = new() { MaxDepth = Enclosed };
}
