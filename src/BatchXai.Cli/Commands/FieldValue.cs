namespace BatchXai.Cli.Commands;

/// <summary>What a person wrote for one field of a request.</summary>
/// <param name="Where">For messages: "--size", or "audit.yaml:7: model.path".</param>
/// <param name="Texts">The text; several for a list.</param>
/// <param name="Folder">Where relative paths start.</param>
internal sealed record FieldValue(string Where, IReadOnlyList<string> Texts, string Folder);
