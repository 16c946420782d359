using BatchXai.Onnx;

namespace BatchXai.Fuzz;

/// <summary>A sound small model, to be damaged.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Bytes">The file.</param>
/// <param name="HasExternalData">Whether it needs the workplace's files.</param>
internal sealed record Seed(string Name, byte[] Bytes, bool HasExternalData = false)
{
    public static Seed Of(string name, OnnxModelBuilder model, bool hasExternalData = false) => new(name, model.ToBytes(), hasExternalData);
}
