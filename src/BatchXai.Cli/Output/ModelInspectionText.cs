using System.Globalization;
using BatchXai.Cli.Commands;
using BatchXai.Contracts.Models;
using BatchXai.Onnx;
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
        results.WriteLine(inspection.File);
        Row(results, "File", string.Create(CultureInfo.InvariantCulture, $"{inspection.FileBytes / 1e6:F1} MB{(inspection.Parameters is { } parameters ? $", {parameters:N0} parameters" : ", TorchScript")}{(inspection.Producer.Length > 0 ? $", written by {inspection.Producer}" : "")}"));
        if (inspection.Opsets.Count > 0)
        {
            Row(results, "Opsets", string.Join(", ", inspection.Opsets.Select(set => $"{set.Key} {set.Value}")));
        }

        inspection.Inputs.ToList().ForEach(input => Row(results, "Input", input.ToString()));
        inspection.Outputs.ToList().ForEach(output => Row(results, "Output", output.ToString()));
        if (inspection.Operators.Count > 0)
        {
            Row(results, "Operators", string.Join(", ", inspection.Operators.Select(Words)));
        }
        else if (inspection.Description is { } archive)
        {
            Row(results, "Modules", string.Join(", ", archive.Operators.Select(kind => $"{kind.Operator} ×{kind.Count}")));
        }

        if (inspection.Description is { } description)
        {
            Describe(results, description);
        }

        Row(results, "Methods", inspection.Methods.Count > 0 ? string.Join(", ", inspection.Methods) : "none");
        foreach (var (method, problem) in inspection.Description?.MethodProblems.OrderBy(found => found.Key, StringComparer.Ordinal) ?? Enumerable.Empty<KeyValuePair<string, string>>())
        {
            Row(results, $"  no {method}", problem);
        }

        if (inspection.Preprocessing is { } advice)
        {
            Row(results, "Preprocess", advice.Text);
        }

        if (inspection.Description is { } found)
        {
            Candidates(results, found);
            found.Warnings.ToList().ForEach(screen.Warning);
        }
    }

    private static void Describe(IAnsiConsole results, ModelDescription description)
    {
        var layout = description.InputLayout switch
        {
            InputLayout.ChannelsLast => "channels last",
            InputLayout.Flat => "pixels in a row",
            _ => "channels first",
        };
        Row(results, "Images", $"{description.Width}×{description.Height} pixels, {description.Channels} channel(s), {layout}, {description.InputType}");
        Row(results, "Batch", description switch
        {
            { FixedBatch: { } size } => $"{size} image(s) at a time",
            { BatchIsFreed: true } => $"any size: the file fixes {description.DeclaredBatch?.ToString(CultureInfo.InvariantCulture) ?? "one image inside"}, and its shapes were freed and checked",
            { DeclaredBatch: { } size } => $"any size, although the file declares {size}",
            _ => "any size",
        });
        var cutOff = description.CutOff.Count > 0 ? $", before {string.Join(", ", description.CutOff)} of output {description.Output}" : "";
        Row(results, "Scores", $"{description.Scores}{cutOff}: {description.Classes} classes, {(description.ScoreKind == ScoreKind.Softmax ? "softmax" : "one sigmoid output")}");
        Row(results, "Layer", description.Layer is { } layer ? $"{layer.Name}: {Grid(layer)}, {Words(layer)}" : "none: no spatial activation leads to all scores");
        Row(results, "Head", description.LinearHead ? "global average pooling and one linear layer: CAM is exact" : "not linear over pooled activations: no CAM");
    }

    private static void Candidates(IAnsiConsole results, ModelDescription description)
    {
        var layers = description.CandidateLayers;
        if (layers.Count == 0)
        {
            return;
        }

        results.WriteLine($"Layers for --layer, the last first{(layers.Count > ShownLayers ? $" ({ShownLayers} of {layers.Count}; --json lists all)" : "")}");
        string[][] rows =
        [
            ["  name", "grid", "layout", "operator", "tensor"],
            .. layers.Reverse().Take(ShownLayers).Select(layer => (string[])
                [(layer == description.Layer ? "* " : "  ") + layer.Name, Grid(layer), Words(layer), layer.Operator, layer.Name == layer.Tensor ? "" : layer.Tensor]),
        ];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToList();
        foreach (var row in rows)
        {
            results.WriteLine(string.Join("  ", row.Zip(widths, (cell, width) => cell.PadRight(width))).TrimEnd());
        }
    }

    private static void Row(IAnsiConsole results, string label, string text) => results.WriteLine($"{label,-11}{text}");

    private static string Grid(LayerDescription layer) => $"{layer.Channels} channels at {layer.Height}×{layer.Width}";

    private static string Words(LayerDescription layer) => layer.Layout switch
    {
        LayerLayout.ChannelsLast => "channels last",
        LayerLayout.Tokens or LayerLayout.ChannelTokens => layer.PrefixTokens > 0 ? $"tokens after {layer.PrefixTokens}" : "tokens",
        _ => "channels first",
    };

    private static string Words(OperatorUse use) =>
        $"{(use.Domain == "ai.onnx" ? "" : use.Domain + "::")}{use.Operator}-{use.Opset} ×{use.Nodes}{(use.Problem is { } problem ? $" [NOT SUPPORTED{(problem.Length > 0 ? ": " + problem : "")}]" : "")}";
}
