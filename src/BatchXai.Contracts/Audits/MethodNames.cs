namespace BatchXai.Contracts.Audits;

/// <summary>Names of the methods (explainers), as written in requests, tables and file names.</summary>
public static class MethodNames
{
    /// <summary>Class activation mapping (Zhou et al. 2016): Σ_d W[c,d]·A_d, for heads that are global average pooling and one linear layer.</summary>
    public const string Cam = "cam";

    /// <summary>Grad-CAM (Selvaraju et al. 2017): ReLU(Σ_d mean_hw(∂z_c/∂A_d)·A_d).</summary>
    public const string GradCam = "gradcam";

    /// <summary>Saliency (Simonyan et al. 2014): Σ_channels |∂z_c/∂x|.</summary>
    public const string Saliency = "saliency";

    /// <summary>Every method, in the order in which reports list them.</summary>
    public static IReadOnlyList<string> All { get; } = [Cam, GradCam, Saliency];
}
