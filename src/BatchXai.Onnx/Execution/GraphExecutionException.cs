namespace BatchXai.Onnx;

/// <summary>A node failed while a graph ran. The message names the node, its operator and opset, the input shapes and the cause.</summary>
public sealed class GraphExecutionException : Exception
{
    /// <summary>A failure without details.</summary>
    public GraphExecutionException()
        : this("A node of the graph failed.")
    {
    }

    /// <summary>A failure and its reason.</summary>
    public GraphExecutionException(string message)
        : base(message)
    {
    }

    /// <summary>A failure, its reason and its cause.</summary>
    public GraphExecutionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Name of the node; null when it is not known.</summary>
    public string? Node { get; private init; }

    internal static GraphExecutionException Of(OnnxNode node, long opset, IEnumerable<string> inputShapes, Exception cause)
    {
        // libtorch appends a C++ stack after the first line.
        var reason = cause.Message.Split('\n')[0];
        var name = $"{OnnxModel.Shown(node.Domain)}::{node.OpType}-{opset}";
        return new GraphExecutionException($"Node '{node.Name}' ({name}) failed on inputs {string.Join(", ", inputShapes)}: {reason}", cause) { Node = node.Name };
    }
}
