using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BatchXai.Contracts.Audits;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Locations;

namespace BatchXai.Coordinator.Submit;

/// <summary>A checked request with what identifies it. The model's files are read once.</summary>
public sealed record PreparedAudit
{
    private PreparedAudit()
    {
    }

    /// <summary>The checked request.</summary>
    public required AuditRequest Request { get; init; }

    /// <summary>The request as it is stored.</summary>
    public required string Json { get; init; }

    /// <summary>SHA-256 of the model's content, lower-case hexadecimal.</summary>
    public required string ModelHash { get; init; }

    /// <summary>SHA-256 of the model's content and all of the request that can change a result.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>SHA-256 of the model's content and what of the request an inspection depends on.</summary>
    public required string InspectionKey { get; init; }

    /// <summary>Who submits it; null: somebody at an open server, or a run of one process.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Checks a request and reads the model's files for their hash.</summary>
    /// <exception cref="Contracts.UserErrorException">The request cannot work; every problem is named.</exception>
    public static async Task<PreparedAudit> MakeAsync(AuditRequest request, SourceLocations locations, CancellationToken cancellationToken)
    {
        request = await AuditRequestCheck.CheckedAsync(request, locations, cancellationToken);
        // As a worker's inspection hashes it.
        var hash = await ContentHash.OfAsync(locations, [request.Model.Path, .. request.Model.WeightFiles], cancellationToken);
        return new()
        {
            Request = request,
            Json = JsonSerializer.Serialize(request, StorageJson.Options),
            ModelHash = hash,
            Fingerprint = Name(hash, request with { Weight = 1 }),
            InspectionKey = Name(hash, new { request.Model, request.Methods }),
        };
    }

    private static string Name<T>(string modelHash, T settings) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(modelHash + JsonSerializer.Serialize(settings, StorageJson.Options))));
}
