using System.Text.Json;
using Platform.Api.Json;

namespace Platform.ApiServer.History;

/// <summary>What a revision did to one field.</summary>
/// <param name="Path">Place of the field, such as <c>spec.containers[name="web"].image</c>.</param>
/// <param name="From">Value before; null where the field was not there.</param>
/// <param name="To">Value after; null where the field is no longer there.</param>
internal readonly record struct FieldChange(DocumentPath Path, JsonElement? From, JsonElement? To);
