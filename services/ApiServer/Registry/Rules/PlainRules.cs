namespace Platform.ApiServer.Registry.Rules;

/// <summary>A kind without rules of its own: what the client sends is what is stored.</summary>
internal sealed class PlainRules : ResourceRules;
