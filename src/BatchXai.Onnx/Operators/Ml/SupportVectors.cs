using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// The kernel of a support vector machine between samples and support vectors: LINEAR u·v, POLY (γu·v + c)ᵈ, RBF exp(−γ|u − v|²), SIGMOID tanh(γu·v + c).
/// Computed in double precision: the squared distance is a difference of large numbers.
/// </summary>
internal sealed class SupportVectors
{
    private readonly Value vectors;
    private readonly string kernel;
    private readonly double gamma;
    private readonly double offset;
    private readonly double degree;

    public SupportVectors(OnnxNode node, float[] values, long count, bool linear = false)
    {
        vectors = AttributeTensor.Of(values, count, values.Length / count);
        kernel = linear ? "LINEAR" : node.Text("kernel_type", "LINEAR");
        var parameters = node.Floats("kernel_params") ?? [];
        (gamma, offset, degree) = parameters.Length >= 3 ? (parameters[0], parameters[1], parameters[2]) : (0, 0, 0);
        if (kernel is not ("LINEAR" or "POLY" or "RBF" or "SIGMOID"))
        {
            throw new NotSupportedException($"kernel_type={kernel}");
        }
    }

    /// <summary>Samples × support vectors, double precision. The caller disposes it.</summary>
    public Tensor Compare(Tensor x, ExecutionSettings settings)
    {
        using var scope = torch.NewDisposeScope();
        var (left, right) = (x.to(torch.ScalarType.Float64), vectors.Tensor(settings).to(torch.ScalarType.Float64));
        var products = left.mm(right.t());
        var result = kernel switch
        {
            "LINEAR" => products,
            "POLY" => products.mul(Held(gamma)).Plus(Held(offset)).pow(Held(degree)),
            "SIGMOID" => products.mul(Held(gamma)).Plus(Held(offset)).tanh(),
            _ => products.mul(Held(-2)).Plus(Squares(left).unsqueeze(1)).Plus(Squares(right)).mul(Held(-gamma)).exp(),
        };
        return result.alias().MoveToOuterDisposeScope();
    }

    private static Tensor Squares(Tensor rows) => rows.mul(rows).sum(1L);
}
