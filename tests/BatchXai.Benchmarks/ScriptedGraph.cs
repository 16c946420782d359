using System.Globalization;
using BatchXai.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace BatchXai.Benchmarks;

/// <summary>
/// The same network as one TorchScript function, which libtorch runs without coming back to .NET: the bound for an executor that calls
/// operator by operator. Knows the operators of plain convolutional classifiers.
/// </summary>
internal sealed class ScriptedGraph : IDisposable
{
    private readonly DifferentiableGraph source;
    private readonly List<Tensor> weights = [];
    private readonly List<string> lines = [];
    private readonly Dictionary<string, string> variables = [];
    private readonly jit.CompilationUnit unit;

    /// <exception cref="NotSupportedException">The model has another operator.</exception>
    public ScriptedGraph(DifferentiableGraph source)
    {
        this.source = source;
        var graph = source.Model.Graph;
        variables[graph.Inputs[0].Name] = "x";
        foreach (var node in graph.Nodes.Where(node => !source.IsConstant(node.Outputs[0])))
        {
            var variable = $"t{lines.Count}";
            lines.Add($"    {variable} = {Call(node)}");
            variables[node.Outputs[0]] = variable;
        }

        // Text of our own making: the compiler ends the process on an error.
        unit = jit.compile($"def forward(x: Tensor, w: List[Tensor]) -> Tensor:\n{string.Join('\n', lines)}\n    return {variables[graph.Outputs[0].Name]}\n");
    }

    public Tensor Forward(Tensor x) => (Tensor)unit.invoke("forward", x, weights.ToArray());

    public void Dispose()
    {
        unit.Dispose();
        weights.ForEach(weight => weight.Dispose());
    }

    private string Call(OnnxNode node)
    {
        var x = variables[node.Inputs[0]];
        return node.OpType switch
        {
            "Conv" => Convolution(node, x),
            "Relu" => $"torch.relu({x})",
            "Clip" => $"torch.clamp({x}, {Scalar(node.Inputs[1])}, {Scalar(node.Inputs[2])})",
            "Add" => $"torch.add({x}, {variables[node.Inputs[1]]})",
            "GlobalAveragePool" => $"torch.mean({x}, [2, 3], True)",
            "Flatten" => $"torch.flatten({x}, 1)",
            "Gemm" when node.Int("transB", 0) == 1 => $"torch.linear({x}, {Weight(node.Inputs[1])}, {Weight(node.Inputs[2])})",
            "Softmax" => $"torch.softmax({x}, 1)",
            _ => throw new NotSupportedException($"the benchmark has no TorchScript for {node.OpType}"),
        };
    }

    private string Convolution(OnnxNode node, string x)
    {
        var (pads, strides, dilations) = (node.Ints("pads") ?? [0, 0, 0, 0], node.Ints("strides") ?? [1, 1], node.Ints("dilations") ?? [1, 1]);
        var symmetric = pads[0] == pads[2] && pads[1] == pads[3];
        var padded = symmetric ? x : $"torch.constant_pad_nd({x}, [{pads[1]}, {pads[3]}, {pads[0]}, {pads[2]}], 0.0)";
        var bias = node.Inputs.Count > 2 ? Weight(node.Inputs[2]) : "None";
        return $"torch.conv2d({padded}, {Weight(node.Inputs[1])}, {bias}, {List(strides)}, {(symmetric ? List(pads[..2]) : "[0, 0]")}, {List(dilations)}, {node.Int("group", 1)})";
    }

    private string Weight(string name)
    {
        weights.Add(source.Constant(name)!.DetachFromDisposeScope());
        return $"w[{weights.Count - 1}]";
    }

    private string Scalar(string name)
    {
        using var value = source.Constant(name)!;
        using var number = value.to(ScalarType.Float64);
        return number.item<double>().ToString("R", CultureInfo.InvariantCulture);
    }

    private static string List(long[] values) => $"[{string.Join(", ", values)}]";
}
