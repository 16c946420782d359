namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Operators that choose elements by index, differentiated by the data and by the updates.</summary>
internal static class IndexingCases
{
    public static IEnumerable<OperatorCase> All =>
    [
        OperatorCase.Of("Gather scalar index", 7, [3, 4], model => model.Initializer("i", [], [2L]).Node("Gather", ["x", "i"], "y", ("axis", 1))),
        OperatorCase.Of("Gather computed indices", 13, [3, 4], model => model
            .Node("ArgMax", ["x"], "i", ("axis", 0), ("keepdims", 0)).Node("Gather", ["x", "i"], "y")),
        OperatorCase.Of("GatherElements", 11, [2, 3], model => model.Initializer("i", [2, 2], [0L, -1, 1, 1]).Node("GatherElements", ["x", "i"], "y", ("axis", 1))),
        OperatorCase.Of("GatherND", 11, [2, 3, 2], model => model.Initializer("i", [2, 1, 2], [0L, 1, -1, 2]).Node("GatherND", ["x", "i"], "y")),
        OperatorCase.Of("GatherND batch", 12, [2, 3, 2], model => model.Initializer("i", [2, 1], [2L, -3]).Node("GatherND", ["x", "i"], "y", ("batch_dims", 1))),
        OperatorCase.Of("Scatter", 9, [3, 2], model => Scatter(model, "Scatter", [[2, 0]], [0.5f, 2])),
        OperatorCase.Of("ScatterElements", 11, [3, 2], model => Scatter(model, "ScatterElements", [[2, -3]], [0.5f, 2])),
        OperatorCase.Of("ScatterElements add", 16, [3, 2], model => Scatter(model, "ScatterElements", [[2, 0], [2, 1]], [0.5f, 2, 3, 4], ("reduction", "add"))),
        OperatorCase.Of("ScatterElements mul", 16, [3, 2], model => Scatter(model, "ScatterElements", [[2, 0], [2, 0], [2, 1]], [0.5f, 2, 3, 4, 5, 6], ("reduction", "mul"))),
        OperatorCase.Of("ScatterElements max", 18, [3, 2], model => Scatter(model, "ScatterElements", [[2, 0], [2, 1]], [-0.1f, 0.3f, -0.2f, 0.1f], ("reduction", "max"))),
        OperatorCase.Of("ScatterElements min", 18, [3, 2], model => Scatter(model, "ScatterElements", [[2, 0], [2, 1]], [-0.1f, 0.3f, -0.2f, 0.1f], ("reduction", "min"))),
        OperatorCase.Of("ScatterElements updates", 18, [2, 3], model => model
            .Initializer("data", [2, 3], SampleModels.Positive(6, 1)).Initializer("i", [2, 3], [0L, 0, 1, 0, 1, 1])
            .Node("ScatterElements", ["data", "i", "x"], "y", ("reduction", "mul"))),
        OperatorCase.Of("ScatterND", 11, [3, 2], model => Tuples(model, [2, 0], [0.5f, 2, 3, 4])),
        OperatorCase.Of("ScatterND add", 16, [3, 2], model => Tuples(model, [-1, 2], [0.5f, 2, 3, 4], ("reduction", "add"))),
        OperatorCase.Of("ScatterND mul", 16, [3, 2], model => Tuples(model, [2, 2], [0.5f, 2, 3, 4], ("reduction", "mul"))),
        OperatorCase.Of("ScatterND max", 18, [3, 2], model => Tuples(model, [2, 2], [-0.1f, 0.3f, -0.2f, 0.1f], ("reduction", "max"))),
        OperatorCase.Of("ScatterND min", 18, [3, 2], model => Tuples(model, [2, 2], [-0.1f, 0.3f, -0.2f, 0.1f], ("reduction", "min"))),
        OperatorCase.Of("ScatterND updates", 13, [2, 2], model => model
            .Initializer("data", [3, 2], SampleModels.Positive(6, 1)).Initializer("i", [2, 1], [2L, 0]).Node("ScatterND", ["data", "i", "x"], "y")),
        OperatorCase.Of("TensorScatter circular", 24, [2, 4, 3], model => model
            .Initializer("update", [2, 2, 3], SampleModels.Positive(12, 1)).Initializer("i", [2], [1L, 3])
            .Node("TensorScatter", ["x", "update", "i"], "y", ("mode", "circular"))),
        OperatorCase.Of("TopK attribute", 7, [3, 4], model => model.Node("TopK", "", ["x"], ["y", "i"], ("k", 2), ("axis", 0))),
        OperatorCase.Of("TopK", 10, [3, 4], model => model.Initializer("k", [1], [3L]).Node("TopK", "", ["x", "k"], ["y", "i"])),
        OperatorCase.Of("TopK smallest", 11, [3, 4], model => model.Initializer("k", [1], [3L]).Node("TopK", "", ["x", "k"], ["y", "i"], ("largest", 0))),
        OperatorCase.Of("OneHot values", 11, [2], model => model
            .Initializer("i", [2, 2], [0L, -1, 7, 2]).Initializer("depth", [], [3L]).Node("OneHot", ["i", "depth", "x"], "y", ("axis", 1))),
        OperatorCase.Of("Compress", 9, [3, 4], model => model.Initializer(Truths(false, true, true)).Node("Compress", ["x", "if"], "y", ("axis", 1))),
        OperatorCase.Of("Compress flattened", 11, [3, 4], model => model.Initializer(Truths(false, true, true, false, true)).Node("Compress", ["x", "if"], "y")),
        OperatorCase.Of("ReverseSequence", 10, [4, 3], model => model.Initializer("lengths", [3], [1L, 4, 3]).Node("ReverseSequence", ["x", "lengths"], "y")),
        OperatorCase.Of("Unique", 11, [2, 3], model => model.Node("Unique", ["x"], "y")),
        OperatorCase.Of("Unique unsorted", 11, [3, 2], model => model
            .Node("Concat", ["x", "x"], "twice", ("axis", 0)).Node("Unique", ["twice"], "y", ("axis", 0), ("sorted", 0))),
    ];

    private static OnnxTensor Truths(params bool[] values)
        => new("if", OnnxElementType.Bool, [values.Length], Array.ConvertAll(values, value => (byte)(value ? 1 : 0)));

    private static CaseBuilder Scatter(CaseBuilder model, string op, long[][] indices, float[] updates, params (string, object)[] attributes) => model
        .Initializer("i", [indices.Length, indices[0].Length], [.. indices.SelectMany(row => row)])
        .Initializer("updates", [indices.Length, indices[0].Length], updates)
        .Node(op, ["x", "i", "updates"], "y", attributes);

    private static CaseBuilder Tuples(CaseBuilder model, long[] rows, float[] updates, params (string, object)[] attributes) => model
        .Initializer("i", [rows.Length, 1], rows)
        .Initializer("updates", [rows.Length, 2], updates)
        .Node("ScatterND", ["x", "i", "updates"], "y", attributes);
}
