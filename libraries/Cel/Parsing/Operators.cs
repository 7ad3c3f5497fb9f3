namespace Platform.Cel.Parsing;

/// <summary>Names under which operators are functions, as in cel-go: they appear in error messages and in the declarations of overloads.</summary>
internal static class Operators
{
    public const string Conditional = "_?_:_";
    public const string And = "_&&_";
    public const string Or = "_||_";
    public const string Not = "!_";
    public const string Negate = "-_";
    public const string Equal = "_==_";
    public const string NotEqual = "_!=_";
    public const string Less = "_<_";
    public const string LessOrEqual = "_<=_";
    public const string Greater = "_>_";
    public const string GreaterOrEqual = "_>=_";
    public const string Add = "_+_";
    public const string Subtract = "_-_";
    public const string Multiply = "_*_";
    public const string Divide = "_/_";
    public const string Modulo = "_%_";
    public const string In = "@in";
    public const string Index = "_[_]";
    public const string OptionalSelect = "_?._";
    public const string OptionalIndex = "_[?_]";
    public const string NotStrictlyFalse = "@not_strictly_false";

    /// <summary>The name of a binary operator; null where the symbol is none. The level is its precedence: higher binds tighter.</summary>
    public static (string Name, int Level)? Binary(string symbol) => symbol switch
    {
        "==" => (Equal, 1),
        "!=" => (NotEqual, 1),
        "<" => (Less, 1),
        "<=" => (LessOrEqual, 1),
        ">" => (Greater, 1),
        ">=" => (GreaterOrEqual, 1),
        "in" => (In, 1),
        "+" => (Add, 2),
        "-" => (Subtract, 2),
        "*" => (Multiply, 3),
        "/" => (Divide, 3),
        "%" => (Modulo, 3),
        _ => null,
    };
}
