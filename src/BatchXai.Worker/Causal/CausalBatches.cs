using BatchXai.Attribution.Causal;
using BatchXai.Contracts.Models;
using static TorchSharp.torch;

namespace BatchXai.Worker.Causal;

/// <summary>Puts items of the causal tests together as tensors. They belong to the dispose scope of the caller.</summary>
internal static class CausalBatches
{
    public static CausalBatch Of(IReadOnlyList<CausalItem> items, ModelDescription model)
    {
        Donor[] donors = [.. items.SelectMany(item => new[] { item.SameDonor, item.RandDonor }).OfType<Donor>().DistinctBy(donor => donor.Item.Index)];
        var place = donors.Index().ToDictionary(donor => donor.Item.Item.Index, donor => donor.Index);
        return new()
        {
            Items = Images([.. items.Select(item => item.Image)], model),
            Predictions = [.. items.Select(item => item.Prediction)],
            LabelOutputs = [.. items.Select(item => item.Item.Outputs)],
            Donors = donors.Length == 0 ? null : Images([.. donors.Select(donor => donor.Image)], model),
            SameDonor = [.. items.Select(item => Place(item.SameDonor))],
            RandDonor = [.. items.Select(item => Place(item.RandDonor))],
        };

        int? Place(Donor? donor) => donor is null ? null : place[donor.Item.Index];
    }

    private static CausalImages Images(CausalImage[] images, ModelDescription model)
    {
        var (channels, height, width) = (model.Channels, model.Height, model.Width);
        var hasPadding = images.Any(image => image.Padding.Length > 0);
        return new(
            Tensor(channels, image => image.Input), Tensor(1, image => image.Mask), hasPadding ? Tensor(1, image => image.Padding.Length > 0 ? image.Padding : new float[height * width]) : null);

        Tensor Tensor(int planes, Func<CausalImage, float[]> values) => tensor([.. images.SelectMany(values)], [images.Length, planes, height, width]);
    }
}
