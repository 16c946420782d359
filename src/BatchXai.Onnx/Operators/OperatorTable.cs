namespace BatchXai.Onnx.Operators;

/// <summary>Every operator that can run, with the opset from which each variant of its meaning holds. Each family lists its own.</summary>
internal static class OperatorTable
{
    public const long MinOpset = 7;
    public const long MaxOpset = 27;

    private static readonly Dictionary<(string Domain, string Op), OperatorVariant[]> Variants = All
        .GroupBy(variant => (variant.Domain, variant.Op))
        .ToDictionary(group => group.Key, group => group.OrderByDescending(variant => variant.Since).ToArray());

    public static IEnumerable<OperatorVariant> All =>
    [
        .. ConvolutionOperators.All,
        .. PoolingOperators.All,
        .. LinearOperators.All,
        .. NormalizationOperators.All,
        .. ActivationOperators.All,
        .. AttentionOperators.All,
        .. ImageOperators.All,
        .. ArithmeticOperators.All,
        .. ReductionOperators.All,
        .. LayoutOperators.All,
        .. ControlOperators.All,
        .. IndexingOperators.All,
        .. QuantizationOperators.All,
        .. MicrosoftOperators.All,
        .. NchwcOperators.All,
        .. MlOperators.All,
    ];

    /// <summary>The variant of an operator that holds in an opset; null when there is none.</summary>
    public static OperatorVariant? Find(string domain, string op, long opset)
    {
        if (domain.Length == 0 && opset is < MinOpset or > MaxOpset)
        {
            return null;
        }

        var found = Variants.GetValueOrDefault((domain, op))?.FirstOrDefault(variant => variant.Since <= opset);
        return found?.Until < opset ? null : found;
    }
}
