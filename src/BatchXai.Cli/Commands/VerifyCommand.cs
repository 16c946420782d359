using System.CommandLine;
using System.Globalization;
using BatchXai.Cli.Commands.Verify;
using BatchXai.Cli.Output;
using BatchXai.Contracts;
using TorchSharp;

namespace BatchXai.Cli.Commands;

/// <summary>batchxai model verify: does this model compute here what it computed elsewhere?</summary>
internal static class VerifyCommand
{
    private const double DefaultTolerance = 1e-4;

    /// <summary>The command.</summary>
    public static Command Build(Screen screen)
    {
        var file = new Argument<string>("file") { Description = "ONNX file." };
        var input = new Option<string[]>("--input") { Description = "A file for an input: .npy, .pb (TensorProto) or raw float32. Repeat for more.", HelpName = "[tensor=]file" };
        var expected = new Option<string[]>("--expected") { Description = "A file with what an output, or any other tensor, should be. Repeat for more.", HelpName = "[tensor=]file" };
        var shape = new Option<string[]>("--shape") { Description = "Shape of a raw input, for instance 2x3x224x224.", HelpName = "[tensor=]sides" };
        var tolerance = new Option<double>("--tolerance") { Description = "Allowed error, over the largest expected element.", DefaultValueFactory = _ => DefaultTolerance };
        var json = CommonOptions.Json();
        var command = new Command("verify", "Compares a model's outputs with those of another runtime: exit code 0 when all are within the tolerance, 1 when not.") { file, input, expected, shape, tolerance, json };
        command.SetAction(parsed =>
        {
            var verification = Verify(Path.GetFullPath(parsed.GetValue(file)!), parsed.GetValue(input) ?? [], parsed.GetValue(expected) ?? [], parsed.GetValue(shape) ?? [], parsed.GetValue(tolerance));
            if (parsed.GetValue(json))
            {
                screen.Json(verification);
            }
            else
            {
                VerificationText.Show(screen, verification);
            }

            return verification.Passed ? ExitCode.Done : ExitCode.GateFailed;
        });
        return command;
    }

    private static Verification Verify(string file, string[] inputs, string[] expected, string[] shapes, double tolerance)
    {
        List<string> problems = [];
        if (expected.Length == 0)
        {
            problems.Add("nothing to compare with. Give --expected FILE, with what another runtime computed.");
        }

        if (!(tolerance >= 0))
        {
            problems.Add($"--tolerance: '{tolerance.ToString(CultureInfo.InvariantCulture)}' is not a number from 0 upwards.");
        }

        using var graph = Verifier.Compile(ModelCommand.Load(file), file);
        using var scope = torch.NewDisposeScope();
        var model = graph.Model.Graph;
        string[] inputNames = [.. model.Inputs.Select(input => input.Name)];
        var shapeOf = Shapes(NamedValue.Read("--shape", shapes, inputNames, model.Contains, problems), problems);
        var verifier = new Verifier(graph, problems);
        var feeds = new Dictionary<string, torch.Tensor>();
        foreach (var input in NamedValue.Read("--input", inputs, inputNames, model.Contains, problems))
        {
            if (verifier.Input(input, shapeOf.GetValueOrDefault(input.Tensor)) is { } tensor)
            {
                feeds[input.Tensor] = tensor;
            }
        }

        var outputs = NamedValue.Read("--expected", expected, [.. model.Outputs.Select(output => output.Name)], model.Contains, problems);
        problems.AddRange(outputs.Where(output => !File.Exists(output.Value)).Select(output => $"{output.Value}: no such file."));
        var verdicts = problems.Count == 0 ? verifier.Compare(file, feeds, outputs, tolerance) : [];
        return problems.Count > 0 ? throw new UserErrorException(problems) : new() { File = file, Tolerance = tolerance, Outputs = verdicts };
    }

    private static Dictionary<string, long[]> Shapes(List<NamedValue> given, List<string> problems)
    {
        var shapes = new Dictionary<string, long[]>();
        foreach (var (tensor, text) in given)
        {
            var sides = text.Split('x', '×', ',').Select(side => long.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : -1).ToArray();
            if (sides.Contains(-1))
            {
                problems.Add($"--shape: '{text}' is no shape. Expected sizes such as 2x3x224x224.");
            }

            shapes.TryAdd(tensor, sides);
        }

        return shapes;
    }
}
