using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using BatchXai.Contracts.Models;
using BatchXai.Onnx.Torch;

namespace BatchXai.Worker.Inspect;

/// <summary>Puts what a classifier knows about itself into words that travel.</summary>
internal static class ModelDescriber
{
    /// <param name="hash">SHA-256 of the file.</param>
    /// <param name="file">The file's content.</param>
    /// <param name="classifier">The loaded model.</param>
    /// <param name="chosen">The preprocessing that an audit chose, to be compared with the model's own; null when nobody chose one.</param>
    public static ModelDescription Describe(string hash, ModelFile file, Classifier classifier, PreprocessSpec? chosen)
    {
        var advice = PreprocessAdvisor.Advise(file.Producer, classifier);
        var contradiction = chosen is null ? null : PreprocessAdvisor.Contradiction(advice, chosen);
        return new()
        {
            Hash = hash,
            Format = file.Format,
            Opset = file.Opset,
            Operators = file.Operators,
            Input = classifier.Input.Name,
            Channels = classifier.Input.Channels,
            Height = classifier.Input.Height,
            Width = classifier.Input.Width,
            InputLayout = Same<Contracts.Models.InputLayout>(classifier.Input.Layout),
            InputType = classifier.Input.ElementType.ToString().ToLowerInvariant(),
            DeclaredBatch = classifier.Batch.Declared,
            FixedBatch = classifier.Batch.Fixed,
            BatchIsFreed = classifier.Batch.IsPatched,
            Output = classifier.Output,
            CutOff = classifier.CutOff,
            Scores = classifier.ScoresTensor,
            ScoreKind = Same<Contracts.Models.ScoreKind>(classifier.ScoreKind),
            Classes = classifier.Classes,
            Layer = classifier.TargetLayer is { } layer ? Describe(layer) : null,
            CandidateLayers = [.. classifier.CandidateLayers.Select(Describe)],
            LinearHead = classifier.LinearHead,
            MethodProblems = AttributionMethods.Names
                .Select(method => (Method: method, Problems: classifier.Problems([method])))
                .Where(found => found.Problems.Count > 0)
                .ToDictionary(found => found.Method, found => string.Join(" ", found.Problems)),
            Preprocessing = advice,
            Device = TorchDevice.Best().type.ToString().ToLowerInvariant(),
            TorchVersion = TorchSharp.torch.__version__,
            Warnings = contradiction is null ? classifier.Warnings : [.. classifier.Warnings, contradiction],
        };
    }

    private static LayerDescription Describe(SpatialLayer layer) => new(layer.Tensor, layer.Operator, layer.Channels, layer.Height, layer.Width)
    {
        Name = layer.Name,
        Layout = Same<LayerLayout>(layer.Layout),
        PrefixTokens = layer.PrefixTokens,
    };

    /// <summary>What travels has words of its own; the names are the same.</summary>
    private static T Same<T>(Enum word)
        where T : struct, Enum => Enum.Parse<T>(word.ToString());
}
