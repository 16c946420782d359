using BatchXai.Attribution.Methods;
using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Results;

namespace BatchXai.Worker.Causal;

/// <summary>An item that takes part in the causal tests, with all that they need.</summary>
/// <param name="Item">The item.</param>
/// <param name="MaskKind">What says where its object is.</param>
/// <param name="Prediction">What the model says about it as it is; finite.</param>
/// <param name="Image">The image; its donors are null when it has too little background.</param>
/// <param name="SameDonor">Donor of its class; null: there is none.</param>
/// <param name="RandDonor">Donor of another class; null: there is none.</param>
internal sealed record CausalItem(DatasetItem Item, MaskKind MaskKind, ItemPrediction Prediction, CausalImage Image, Donor? SameDonor, Donor? RandDonor);
