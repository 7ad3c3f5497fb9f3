namespace Platform.Cel.Parsing;

/// <summary>Ends the parsing of a text in which an issue has been noted.</summary>
internal sealed class ParseAbortedException : Exception;
