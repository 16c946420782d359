namespace BatchXai.TorchScript.Tests;

/// <summary>
/// Files that PyTorch 1.13 wrote: a network of a strided stem with ReLU6, two residual blocks with in-place addition, a functional ReLU,
/// pooling and a linear layer, for images 3×16×16. Traced, scripted, traced and frozen, and its state dict. Packed tighter than PyTorch
/// packs, without the tables that map code to Python lines.
/// </summary>
internal static class Sample
{
    internal static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Samples", name);
}
