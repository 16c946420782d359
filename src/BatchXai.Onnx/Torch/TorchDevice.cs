using TorchSharp;

namespace BatchXai.Onnx.Torch;

/// <summary>Where models run: the first CUDA device when libtorch sees one, else the CPU. <c>BATCHXAI_DEVICE=cpu</c> keeps to the CPU.</summary>
public static class TorchDevice
{
    /// <summary>Environment variable that overrides the choice.</summary>
    public const string Variable = "BATCHXAI_DEVICE";

    /// <summary>The device.</summary>
    /// <exception cref="LibTorchUnavailableException">libtorch cannot be loaded.</exception>
    public static torch.Device Best()
    {
        LibTorch.EnsureLoaded();
        return Environment.GetEnvironmentVariable(Variable) != "cpu" && torch.cuda.is_available() ? torch.CUDA : torch.CPU;
    }
}
