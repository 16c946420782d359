using BatchXai.Attribution.Methods;
using BatchXai.Onnx;
using BatchXai.TorchScript;
using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>
/// An image classifier that can be explained: a differentiable graph with its input, its scores before any final Softmax or Sigmoid, its
/// target layer and its head. Holds native memory; use it from one thread at a time.
/// </summary>
public sealed class Classifier : IDisposable
{
    private readonly ClassifierParts parts;

    private Classifier(ClassifierParts parts) => this.parts = parts;

    /// <summary>What it is made of.</summary>
    internal ClassifierParts Parts => parts;

    /// <summary>Where it runs.</summary>
    internal torch.Device Device => parts.Graph.Device;

    /// <summary>The image input.</summary>
    public ClassifierInput Input => parts.Input;

    /// <summary>How many images the model takes at once. <see cref="Explain"/> takes any number all the same.</summary>
    public BatchLimit Batch => parts.Batch;

    /// <summary>The batch size that the model insists on, null for any.</summary>
    public int? FixedBatch => parts.FixedBatch;

    /// <summary>The output that the scores belong to.</summary>
    public string Output => parts.Cut.Output;

    /// <summary>What was cut off between the scores and <see cref="Output"/>, in order of execution; empty when nothing was.</summary>
    public IReadOnlyList<string> CutOff => parts.Cut.CutOff;

    /// <summary>Name of the tensor that holds the explained scores.</summary>
    public string ScoresTensor => parts.Scores.Tensor;

    /// <summary>How the scores become probabilities.</summary>
    public ScoreKind ScoreKind => parts.Scores.Kind;

    /// <summary>Number of classes K; 2 for a single sigmoid output.</summary>
    public int Classes => parts.Scores.Classes;

    /// <summary>The layer whose activations CAM and Grad-CAM weigh; null when the model has none.</summary>
    public SpatialLayer? TargetLayer => parts.Layer;

    /// <summary>Every layer that could be the target, in order of execution.</summary>
    public IReadOnlyList<SpatialLayer> CandidateLayers => parts.CandidateLayers;

    /// <summary>Whether CAM exists: global average pooling and one linear layer behind the target layer.</summary>
    public bool LinearHead => parts.Head is not null;

    /// <summary>W of the linear head, K×D, on the classifier's device; null without one. Owned by the classifier.</summary>
    public torch.Tensor? HeadWeights => parts.Head?.Weights;

    /// <summary>b of the linear head, K; null without one. Owned by the classifier.</summary>
    public torch.Tensor? HeadBias => parts.Head?.Bias;

    /// <summary>The preprocessing that the model does itself; null when none is recognised.</summary>
    public InputNormalization? Normalization => parts.Normalization;

    /// <summary>What a person should know, in plain words; empty when nothing.</summary>
    public IReadOnlyList<string> Warnings => parts.Warnings;

    /// <summary>Compiles a model and finds out what it is.</summary>
    /// <exception cref="UnsuitableModelException">Input, output or layer do not fit; every reason is listed.</exception>
    /// <exception cref="UnsupportedOperatorsException">The model uses operators that are not known.</exception>
    public static Classifier Load(OnnxModel model, ClassifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        return new Classifier(ClassifierLoader.Load(model, options));
    }

    /// <summary>Loads a TorchScript model that was prepared: read, rewritten and tried.</summary>
    /// <exception cref="UnsuitableModelException">Output or layer do not fit; every reason is listed.</exception>
    /// <exception cref="ScriptModelException">torch cannot load it onto the device.</exception>
    public static Classifier Load(PreparedScript script, ClassifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(script);
        ArgumentNullException.ThrowIfNull(options);
        return new Classifier(ScriptClassifierLoader.Load(script, options));
    }

    /// <summary>Why methods cannot explain this model, one sentence each; empty when all can.</summary>
    /// <param name="methods">Method names out of <see cref="AttributionMethods.Names"/>.</param>
    public IReadOnlyList<string> Problems(IReadOnlyList<string> methods) => AttributionMethods.Problems(parts, methods);

    /// <summary>Predicts and explains a batch. Predictions and heatmaps come from the same forward pass.</summary>
    /// <param name="input">Images N×C×H×W, preprocessed as the model expects, on any device. Not changed.</param>
    /// <param name="request">Methods, objective and targets.</param>
    /// <exception cref="ArgumentException">The input's shape or a label output does not fit the model.</exception>
    /// <exception cref="UnsuitableModelException">A method cannot explain this model (see <see cref="Problems"/>).</exception>
    public Explanation Explain(torch.Tensor input, ExplainRequest request) => new ExplainRun(parts, request).Explain(input);

    /// <summary>Predicts a batch, by a forward pass alone.</summary>
    /// <param name="input">Images N×C×H×W, preprocessed as the model expects, on any device. Not changed.</param>
    /// <param name="labelOutputs">For each item the outputs that its label maps to; null or empty: none. An empty list: no item has any.</param>
    /// <returns>One prediction an item, in order.</returns>
    /// <exception cref="ArgumentException">The input's shape or a label output does not fit the model.</exception>
    public IReadOnlyList<ItemPrediction> Predict(torch.Tensor input, IReadOnlyList<IReadOnlyList<int>?> labelOutputs) => PredictRun.Predict(parts, input, labelOutputs);

    /// <summary>Frees weights and head.</summary>
    public void Dispose()
    {
        parts.Head?.Dispose();
        parts.Graph.Dispose();
    }
}
