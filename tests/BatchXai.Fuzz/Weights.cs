using System.Runtime.InteropServices;
using BatchXai.Onnx;

namespace BatchXai.Fuzz;

/// <summary>Constants for the models.</summary>
internal static class Weights
{
    public static OnnxModelBuilder Weight(this OnnxModelBuilder model, string name, params long[] dims)
    {
        var random = new Random(name.Length);
        var values = new float[dims.Aggregate(1L, (product, dim) => product * dim)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = random.NextSingle() + 0.1f;
        }

        return model.Initializer(name, dims, values);
    }

    public static OnnxModelBuilder Ints(this OnnxModelBuilder model, string name, params long[] values) => model.Initializer(name, [values.Length], values);

    public static OnnxTensor Tensor<T>(string name, OnnxElementType type, long[] dims, params T[] values)
        where T : unmanaged
        => new(name, type, dims, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
}
