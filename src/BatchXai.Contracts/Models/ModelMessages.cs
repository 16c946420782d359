namespace BatchXai.Contracts.Models;

/// <summary>To a worker: find out what this model is and whether the methods can run on it. The key names model content, settings and methods: one key, one answer.</summary>
public sealed record InspectModel(string Key, ModelSpec Model, IReadOnlyList<string> Methods);

/// <summary>From a worker: the answer. Either a description, or every problem found.</summary>
public sealed record ModelInspected(string Key, ModelDescription? Description, IReadOnlyList<string> Problems);
