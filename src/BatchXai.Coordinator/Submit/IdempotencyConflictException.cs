using BatchXai.Coordinator.Manage;

namespace BatchXai.Coordinator.Submit;

/// <summary>An idempotency key was used before, for another request.</summary>
/// <param name="key">The key.</param>
/// <param name="auditId">The audit that it belongs to.</param>
public sealed class IdempotencyConflictException(string key, Guid auditId)
    : ConflictException($"Idempotency key '{key}' belongs to audit {auditId}, whose request or model differs from this one. Send another key, or the same request.");
