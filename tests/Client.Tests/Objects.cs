using Platform.Api.Core.V1;

namespace Platform.Client.Tests;

/// <summary>Small objects as the wire has them.</summary>
internal static class Objects
{
    public static string ConfigMap(string name, int version, string value = "x") =>
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","namespace":"default","uid":"uid-{{{name}}}","resourceVersion":"{{{version}}}","""
        + $$$""" "managedFields":[{"manager":"m"}]},"data":{"k":"{{{value}}}"}}""";

    public static string List(int version, params string[] items) =>
        $$$"""{"apiVersion":"v1","kind":"ConfigMapList","metadata":{"resourceVersion":"{{{version}}}"},"items":[{{{string.Join(',', items)}}}]}""";

    public static string Event(string type, string value, string? traceparent = null) =>
        $$"""{"type":"{{type}}","object":{{value}}{{(traceparent is null ? "" : $$""","cause":{"traceparent":"{{traceparent}}"}""")}}}""" + "\n";

    public static string Bookmark(int version) =>
        Event("BOOKMARK", $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"resourceVersion":"{{{version}}}"}}""");

    public static string Status(int code, string reason, string message) =>
        $$"""{"apiVersion":"v1","kind":"Status","metadata":{},"status":"Failure","message":"{{message}}","reason":"{{reason}}","code":{{code}}}""";

    public static string Value(this ConfigMap? map) => map!.Data!["k"];
}
