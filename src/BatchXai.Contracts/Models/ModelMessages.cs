namespace BatchXai.Contracts.Models;

/// <summary>To a worker: find out what this model is and whether the methods can run on it.</summary>
public sealed record InspectModel(Guid AuditId, ModelSpec Model, IReadOnlyList<string> Methods);

/// <summary>From a worker: the answer. Either a description, or every problem found.</summary>
public sealed record ModelInspected(Guid AuditId, ModelDescription? Description, IReadOnlyList<string> Problems);
