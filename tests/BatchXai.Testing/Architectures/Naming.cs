namespace BatchXai.Testing.Architectures;

/// <summary>How an exporter names the tensor that an operator of a module makes.</summary>
internal delegate string Naming(string module, string op);

/// <summary>The naming of the usual exporters.</summary>
internal static class Namings
{
    /// <summary>PyTorch, TorchScript-based: <c>layer1.0.conv1</c> gives <c>/layer1/layer1.0/conv1/Conv_output_0</c>.</summary>
    public static string TorchScript(string module, string op) => $"{Path(module)}/{op}_output_0";

    /// <summary>PyTorch, dynamo: the name of the aten call, whatever the module.</summary>
    public static string Dynamo(string module, string op) => op switch
    {
        "Conv" => "conv2d",
        "BatchNormalization" => "getitem",
        "Reshape" => "view",
        "ReduceMean" => "mean",
        "Gemm" => "linear",
        "Relu" or "Add" or "Mul" or "Sigmoid" => op.ToLowerInvariant(),
        _ when op.Contains('_') => op,
        _ => "val",
    };

    /// <summary>Keras through tf2onnx.</summary>
    public static string TensorFlow(string module, string op) => $"StatefulPartitionedCall/model/{module}/{op}:0";

    /// <summary>PyTorch before 1.13 and many old converters: numbers.</summary>
    public static string Numbers(string module, string op) => "t";

    // A number is a child of a Sequential and is named with its parent.
    private static string Path(string module)
    {
        var path = "";
        var parent = "";
        foreach (var part in module.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            parent = char.IsAsciiDigit(part[0]) ? $"{parent}.{part}" : part;
            path += $"/{parent}";
        }

        return path;
    }
}
