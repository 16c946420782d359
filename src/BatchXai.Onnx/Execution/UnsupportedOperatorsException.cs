using BatchXai.Onnx.Operators;

namespace BatchXai.Onnx;

/// <summary>A model needs operators, or variants of them, that cannot run here. Lists all of them at once.</summary>
public sealed class UnsupportedOperatorsException : Exception
{
    /// <summary>No operators named.</summary>
    public UnsupportedOperatorsException()
        : this([])
    {
    }

    /// <summary>A message of one's own.</summary>
    public UnsupportedOperatorsException(string message)
        : base(message) => Operators = [];

    /// <summary>A message of one's own and its cause.</summary>
    public UnsupportedOperatorsException(string message, Exception innerException)
        : base(message, innerException) => Operators = [];

    /// <summary>The operators that cannot run.</summary>
    public UnsupportedOperatorsException(IReadOnlyList<string> operators)
        : base($"The model uses operators that are not supported: {string.Join("; ", operators)}. {Advice(operators)}")
        => Operators = operators;

    /// <summary>One entry an operator, for example <c>ai.onnx::Foo-13 (2 nodes, e.g. 'name')</c>, with the reason where the operator itself is known.</summary>
    public IReadOnlyList<string> Operators { get; }

    private static string Advice(IReadOnlyList<string> operators) => operators.Any(name => name.StartsWith("ai.onnx::", StringComparison.Ordinal))
        ? $"Supported are opsets {OperatorTable.MinOpset} to {OperatorTable.MaxOpset} of ai.onnx; exporting with another opset often helps."
        : "Of operator sets other than ai.onnx only a part is supported; the model as it was before an optimizer or a converter rewrote it often helps.";
}
