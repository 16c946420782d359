using System.Runtime.InteropServices;
using BatchXai.Onnx;
using BatchXai.Onnx.Execution;
using TorchSharp;
using static BatchXai.Onnx.Torch.Scalars;
using Tensor = TorchSharp.torch.Tensor;

namespace BatchXai.Fuzz;

/// <summary>How a trial ended.</summary>
/// <param name="Model">The model that was damaged.</param>
/// <param name="Kind">What ended it: an exception's name, or that it ran.</param>
/// <param name="Message">The exception's message.</param>
/// <param name="Unforeseen">An exception of a kind that callers do not expect.</param>
internal sealed record Outcome(string Model, string Kind, string Message = "", Exception? Unforeseen = null);

/// <summary>One damaged model: parsed, prepared and run, within budgets.</summary>
internal static class Trial
{
    public const string Ran = "ran";

    private static readonly OnnxLimits Limits = new() { DecodedBytes = 64 << 20, Elements = 1 << 24 };
    private static readonly ExecutionSettings Settings = new(torch.CPU, DoublePrecision: false) { MaxElements = 1 << 20, Steps = new StepBudget(2000) };

    public static Outcome Of(int number, Workplace workplace)
    {
        var random = new Random(number);
        var seed = Seeds.All[random.Next(Seeds.All.Count)];
        return Run(seed, Mutation.Damage(seed.Bytes, random), random, workplace);
    }

    /// <exception cref="OnnxFormatException">The model is too damaged to be parsed.</exception>
    public static OnnxModel Parsed(int number, Workplace workplace)
    {
        var random = new Random(number);
        var seed = Seeds.All[random.Next(Seeds.All.Count)];
        return Parse(seed, Mutation.Damage(seed.Bytes, random), workplace);
    }

    public static Outcome Undamaged(Seed seed, Workplace workplace) => Run(seed, seed.Bytes, new Random(1), workplace);

    private static Outcome Run(Seed seed, byte[] bytes, Random random, Workplace workplace)
    {
        using var scope = torch.NewDisposeScope();
        try
        {
            Run(Parse(seed, bytes, workplace), random);
            return new Outcome(seed.Name, Ran);
        }
        catch (Exception error)
        {
            var foreseen = error is OnnxFormatException or UnsupportedOperatorsException or GraphExecutionException or ArgumentException { Source: "BatchXai.Onnx" };
            return new Outcome(seed.Name, error.GetType().Name, error.Message, foreseen ? null : error);
        }
    }

    private static OnnxModel Parse(Seed seed, byte[] bytes, Workplace workplace)
    {
        if (!seed.HasExternalData)
        {
            return OnnxModel.Parse(bytes, Limits);
        }

        File.WriteAllBytes(workplace.ModelPath, bytes);
        return OnnxModel.Load(workplace.ModelPath, Limits);
    }

    private static void Run(OnnxModel model, Random random)
    {
        using var graph = DifferentiableGraph.Compile(model, Settings);
        var differentiate = random.Next(2) == 0;
        var feeds = new Dictionary<string, Tensor>();
        foreach (var input in model.Graph.Inputs)
        {
            feeds[input.Name] = Feed(input, random);
            if (differentiate && feeds[input.Name].is_floating_point())
            {
                feeds[input.Name].requires_grad = true;
            }
        }

        var results = graph.Run(feeds, [.. model.Graph.Outputs.Select(output => output.Name)]);
        if (results.Values.FirstOrDefault(result => result.requires_grad && !result.is_leaf) is { } differentiable)
        {
            try
            {
                torch.autograd.backward([differentiable.sum()], []);
            }
            catch (ExternalException)
            {
                // torch says so; what counts is that the process lives.
            }
        }
    }

    // Small, whatever the damaged declaration says.
    private static Tensor Feed(OnnxValueInfo input, Random random)
    {
        var dims = input.Dims.Take(6).Select(dim => Math.Clamp(dim ?? 2, 1, 8)).ToArray();
        using var noise = torch.rand(dims, generator: new torch.Generator((ulong)random.Next()));
        return input.ElementType switch
        {
            OnnxElementType.Float => noise.mul(Held(2)).sub(Held(1)),
            OnnxElementType.Double => noise.to(torch.ScalarType.Float64),
            OnnxElementType.Float16 => noise.to(torch.ScalarType.Float16),
            OnnxElementType.BFloat16 => noise.to(torch.ScalarType.BFloat16),
            OnnxElementType.Bool => noise.gt(Held(0.5)),
            OnnxElementType.UInt8 => noise.mul(Held(255)).to(torch.ScalarType.Byte),
            OnnxElementType.Int8 => noise.mul(Held(100)).to(torch.ScalarType.Int8),
            OnnxElementType.Int32 => noise.mul(Held(5)).to(torch.ScalarType.Int32),
            _ => noise.mul(Held(5)).to(torch.ScalarType.Int64),
        };
    }
}
