using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>What one run found out about a tensor between image and scores.</summary>
internal sealed record LayerValue(string Tensor, long[] Shape, torch.ScalarType Type);
