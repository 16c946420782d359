using BatchXai.Contracts.Results;
using BatchXai.Storage.Artifacts;

namespace BatchXai.Coordinator.Tests.Report;

/// <summary>Hand-made items with pictures of causal tests.</summary>
internal static class Pictured
{
    /// <summary>A cat that becomes a dog on a dog's background.</summary>
    public static PicturedItem Of(long item, string name = "cat/1.png") => new()
    {
        Item = item,
        ItemId = name,
        Label = "cat",
        Fill = CausalFill.Diffusion,
        Before = new() { PredictedName = "cat", Confidence = .98, Picture = ArtifactAddresses.EvidencePicture(item, null) },
        Tests =
        [
            new()
            {
                Test = CausalTest.MixedRand, DonorId = "dog/2.png", DonorLabel = "dog", PredictedName = "dog", Confidence = .91, Flipped = true,
                Picture = ArtifactAddresses.EvidencePicture(item, CausalTest.MixedRand),
            },
        ],
    };
}
