using BatchXai.Onnx.Execution;
using TorchSharp;
using Xunit;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Shape arithmetic, also in floating point, stays in managed memory: a GPU is never stopped for it.</summary>
public sealed class ManagedShapeTests
{
    [Fact]
    public void SamePadding_AsTimmWritesIt_IsComputedInManagedMemory()
    {
        // pad = max((⌈size / stride⌉ − 1)·stride + kernel − size, 0), half of it in front
        var model = Sized()
            .Node("Gather", ["shape", "axis"], "size")
            .Node("Cast", ["size"], "number", ("to", (int)OnnxElementType.Float))
            .Node("Div", ["number", "stride"], "steps").Node("Ceil", ["steps"], "whole").Node("Sub", ["whole", "one"], "before").Node("Mul", ["before", "stride"], "reach")
            .Node("Add", ["reach", "kernel"], "end").Node("Sub", ["end", "number"], "signed").Node("Max", ["signed", "zero"], "pad")
            .Node("Div", ["pad", "stride"], "half").Node("Floor", ["half"], "front").Node("Sub", ["pad", "front"], "back")
            .Node("Concat", ["front", "back"], "both", ("axis", 0)).Node("Cast", ["both"], "y", ("to", (int)OnnxElementType.Int64));

        Assert.Equal([1.0, 2], Managed(model).Numbers);
    }

    [Fact]
    public void PadsOfOldExports_AreComputedInManagedMemory()
    {
        // torch.nn.functional.pad: amounts of the last axis first become beginnings and ends of all axes.
        var model = Sized()
            .Initializer("amounts", [2], [3L, 4]).Initializer("missing", [1], [6L]).Initializer("pairs", [2], [-1L, 2])
            .Initializer("start", [1], [-1L]).Initializer("stop", [1], [long.MinValue]).Initializer("first", [1], [0L]).Initializer("flat", [1], [-1L])
            .Node("ConstantOfShape", ["missing"], "zeros", ("value", new OnnxTensor("", OnnxElementType.Int64, [1], new byte[8])))
            .Node("Concat", ["amounts", "zeros"], "all", ("axis", 0)).Node("Reshape", ["all", "pairs"], "rows")
            .Node("Slice", ["rows", "start", "stop", "first", "start"], "reversed").Node("Transpose", ["reversed"], "columns", ("perm", new[] { 1, 0 }))
            .Node("Reshape", ["columns", "flat"], "y");

        Assert.Equal([0.0, 0, 0, 3, 0, 0, 0, 4], Managed(model).Numbers);
    }

    [Fact]
    public void Numbers_AreRoundedToTheirType()
    {
        var model = Sized().Initializer("tenth", [1], [0.1f])
            .Node("Gather", ["shape", "axis"], "size").Node("Cast", ["size"], "number", ("to", (int)OnnxElementType.Float)).Node("Mul", ["number", "tenth"], "y");

        Assert.Equal([(double)(7 * 0.1f)], Managed(model).Numbers);
        Assert.NotEqual(7 * (double)0.1f, Managed(model).Numbers[0]);
    }

    [Fact]
    public void NonZeroTileAndComparisons_StayInManagedMemory()
    {
        var model = Sized().Initializer("twice", [1], [2L]).Initializer("limit", [1], [3L])
            .Node("Greater", ["shape", "limit"], "large").Node("Not", ["large"], "small").Node("Tile", ["small", "twice"], "tiled").Node("NonZero", ["tiled"], "y");

        // shape 1, 3, 7, 9: the first two are small
        Assert.Equal([0.0, 1, 4, 5], Managed(model).Numbers);
    }

    [Fact]
    public void DataOperators_LeaveActivationsInTorch()
    {
        var model = new OnnxModelBuilder(17).Input("x", [1, 3, 7, 9]).Output("y").Initializer("half", [1], [0.5f]).Node("Mul", ["x", "half"], "y");

        Assert.False(Last(model).IsManaged);
    }

    private static OnnxModelBuilder Sized() => new OnnxModelBuilder(17).Input("x", [null, 3, null, null]).Output("y")
        .Initializer("axis", [1], [2L]).Initializer("stride", [1], [2f]).Initializer("one", [1], [1f]).Initializer("kernel", [1], [4f]).Initializer("zero", [1], [0f])
        .Node("Shape", ["x"], "shape");

    private static HostTensor Managed(OnnxModelBuilder builder)
    {
        var last = Last(builder);
        Assert.True(last.IsManaged);
        return last.Host();
    }

    private static Value Last(OnnxModelBuilder builder)
    {
        var model = OnnxModel.Parse(builder.ToBytes());
        using var scope = torch.NewDisposeScope();
        using var bound = new BoundGraph(model);
        var values = model.Graph.Initializers.ToDictionary(initializer => initializer.Key, initializer => Value.Of(initializer.Value));
        values["x"] = Value.Borrow(torch.zeros(1, 3, 7, 9));
        foreach (var node in model.Graph.Nodes)
        {
            values[node.Outputs[0]] = NodeRunner.Run(node, 17, bound.KernelOf(node), [.. node.Inputs.Select(input => values[input])], Tensors.Cpu)[0];
        }

        return values["y"];
    }
}
