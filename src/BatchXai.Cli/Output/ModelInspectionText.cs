using BatchXai.Cli.Commands;
using BatchXai.Contracts.Models;
using Spectre.Console;

namespace BatchXai.Cli.Output;

/// <summary>An inspected model for a person.</summary>
internal static class ModelInspectionText
{
    private const int ShownLayers = 12;

    /// <summary>Writes all of it.</summary>
    public static void Show(Screen screen, ModelInspection inspection)
    {
        var results = screen.Results;
        results.WriteLine($"{inspection.File}: opset {inspection.Opset}{(inspection.Producer.Length > 0 ? $", written by {inspection.Producer}" : "")}");
        inspection.Inputs.ToList().ForEach(input => results.WriteLine($"Input      {input}"));
        inspection.Outputs.ToList().ForEach(output => results.WriteLine($"Output     {output}"));
        results.WriteLine($"Operators  {string.Join(", ", inspection.Operators.Select(count => $"{count.Key} {count.Value}"))}");
        if (inspection.Description is { } description)
        {
            Describe(results, description);
            description.Warnings.ToList().ForEach(screen.Warning);
        }

        results.WriteLine($"Methods    {(inspection.Methods.Count > 0 ? string.Join(", ", inspection.Methods) : "none")}");
        results.WriteLine($"Preprocess {inspection.Preprocessing}");
    }

    private static void Describe(IAnsiConsole results, ModelDescription description)
    {
        results.WriteLine($"Scores     {description.Scores}, {description.Classes} classes, {(description.ScoreKind == ScoreKind.Softmax ? "softmax" : "one sigmoid output")}");
        results.WriteLine($"Batch      {(description.FixedBatch is { } size ? $"fixed at {size}" : "any size")}");
        results.WriteLine($"Head       {(description.LinearHead ? "global average pooling and one linear layer: CAM is exact" : "not linear over pooled activations: no CAM")}");
        results.WriteLine($"Layer      {(description.Layer is { } layer ? Words(layer) : "none: no spatial activation")}");
        var others = description.CandidateLayers.Where(candidate => candidate != description.Layer).Reverse().ToList();
        foreach (var candidate in others.Take(ShownLayers))
        {
            results.WriteLine($"  or       {Words(candidate)}");
        }

        if (others.Count > ShownLayers)
        {
            results.WriteLine($"           and {others.Count - ShownLayers} more further up (--json lists all)");
        }
    }

    private static string Words(LayerDescription layer) => $"{layer.Tensor}  ({layer.Operator}, {layer.Channels} channels at {layer.Height}×{layer.Width})";
}
