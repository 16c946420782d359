using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;

namespace BatchXai.Storage.Artifacts;

/// <summary>Everything that it takes to make any single heatmap of an audit again; <c>manifest.json</c>.</summary>
public sealed record AuditManifest
{
    /// <summary>Version of this record.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The audit.</summary>
    public required Guid AuditId { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>When the plan was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Path of the model file.</summary>
    public required string ModelPath { get; init; }

    /// <summary>SHA-256 of the model file, lower-case hexadecimal.</summary>
    public required string ModelHash { get; init; }

    /// <summary>How an image becomes the model's input.</summary>
    public required PreprocessSpec Preprocess { get; init; }

    /// <summary>Input width in pixels.</summary>
    public required int InputWidth { get; init; }

    /// <summary>Input height in pixels.</summary>
    public required int InputHeight { get; init; }

    /// <summary>Tensor of the explained scores.</summary>
    public required string Scores { get; init; }

    /// <summary>Target layer; null: none.</summary>
    public LayerDescription? Layer { get; init; }

    /// <summary>Name of every model output, in order.</summary>
    public required IReadOnlyList<string> OutputNames { get; init; }

    /// <summary>Path of the dataset.</summary>
    public required string DatasetPath { get; init; }

    /// <summary>SHA-256 over the manifest's lines, lower-case hexadecimal.</summary>
    public required string DatasetHash { get; init; }

    /// <summary>Items in the manifest.</summary>
    public required long Items { get; init; }

    /// <summary>Methods.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>What is explained.</summary>
    public required Objective Objective { get; init; }

    /// <summary>Whose score is explained.</summary>
    public required TargetChoice Targets { get; init; }

    /// <summary>Resolution at which heatmaps are stored.</summary>
    public required MapStorage Maps { get; init; }

    /// <summary>Items in one shard.</summary>
    public required int ShardSize { get; init; }

    /// <summary>Images in one forward pass.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Seed of every random choice.</summary>
    public required int Seed { get; init; }

    /// <summary>Software → version: batchxai, torch, dotnet, os.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>What it ran on: "cpu" or the name of the GPU.</summary>
    public required string Device { get; init; }

    /// <summary>The record of a plan.</summary>
    public static AuditManifest Of(AuditPlan plan, DateTimeOffset createdAt, string device, IReadOnlyDictionary<string, string> versions)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var request = plan.Request;
        return new()
        {
            AuditId = plan.AuditId,
            Name = request.Name,
            CreatedAt = createdAt.ToUniversalTime(),
            ModelPath = request.Model.Path,
            ModelHash = plan.Model.Hash,
            Preprocess = request.Model.Preprocess,
            InputWidth = plan.Model.Width,
            InputHeight = plan.Model.Height,
            Scores = plan.Model.Scores,
            Layer = plan.Model.Layer,
            OutputNames = plan.OutputNames,
            DatasetPath = request.Dataset.Path,
            DatasetHash = plan.DatasetHash,
            Items = plan.Items,
            Methods = request.Methods,
            Objective = request.Objective,
            Targets = request.Targets,
            Maps = request.Maps,
            ShardSize = request.ShardSize,
            BatchSize = request.BatchSize,
            Seed = request.Seed,
            Versions = versions,
            Device = device,
        };
    }
}
