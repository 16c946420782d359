namespace BatchXai.TorchScript.Archive;

/// <summary>What a person can do instead.</summary>
internal static class Advice
{
    internal const string Export = "In Python, export the model with torch.onnx.export (better), or with torch.jit.trace(model, image).save(\"model.pt\").";
}
