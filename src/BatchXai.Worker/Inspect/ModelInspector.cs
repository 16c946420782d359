using BatchXai.Attribution.Models;
using BatchXai.Contracts.Models;
using BatchXai.Onnx;
using BatchXai.Onnx.Torch;
using BatchXai.Storage.Locations;
using BatchXai.TorchScript;
using BatchXai.Worker.Explain;

namespace BatchXai.Worker.Inspect;

/// <summary>Loads a model file and describes it.</summary>
public static class ModelInspector
{
    /// <summary>The description, or every problem that was found: file, operators, input, layer, methods. Loads the model on the calling thread.</summary>
    public static Task<(ModelDescription? Description, IReadOnlyList<string> Problems)> InspectAsync(ModelSpec spec, IReadOnlyList<string> methods, CancellationToken cancellationToken) =>
        InspectAsync(spec, spec, methods, (file, _) => Task.FromResult(Owned(file.Load(ModelCache.OptionsOf(spec, TorchDevice.Best())))), cancellationToken);

    /// <summary>The same for a model that was fetched; its classifier stays in the cache for the shards that follow. Problems name what was asked for, not the copy.</summary>
    internal static Task<(ModelDescription? Description, IReadOnlyList<string> Problems)> InspectAsync(
        ModelSpec asked, ModelSpec local, IReadOnlyList<string> methods, ModelCache cache, CancellationToken cancellationToken) =>
        InspectAsync(asked, local, methods, (file, hash) => cache.RentAsync(local, hash, file, cancellationToken), cancellationToken);

    private static async Task<(ModelDescription? Description, IReadOnlyList<string> Problems)> InspectAsync(
        ModelSpec asked, ModelSpec local, IReadOnlyList<string> methods, Func<ModelFile, string, Task<ModelLease>> load, CancellationToken cancellationToken)
    {
        try
        {
            LibTorch.EnsureLoaded();
            using var file = await ModelFile.ReadAsync(local, cancellationToken);
            var hash = await ContentHash.OfAsync(SourceLocations.Anywhere, [local.Path, .. local.WeightFiles.Count > 0 ? local.WeightFiles : file.WeightFiles], cancellationToken);
            using var model = await load(file, hash);
            var problems = methods.Count == 0 ? [] : model.Classifier.Problems(methods);
            return problems.Count > 0
                ? (null, [.. problems.Select(problem => $"{asked.Path}: {problem}")])
                : (ModelDescriber.Describe(hash, file, model.Classifier, methods.Count == 0 ? null : local.Preprocess), []);
        }
        catch (UnsupportedOperatorsException missing)
        {
            return (null, [$"{asked.Path}: {missing.Operators.Count} operator(s) are not supported: {string.Join(", ", missing.Operators)}. Export the model again with another opset or exporter, or ask for these operators."]);
        }
        catch (UnsuitableModelException unsuitable)
        {
            return (null, [.. unsuitable.Problems.Select(problem => $"{asked.Path}: {problem}")]);
        }
        catch (ScriptModelException refused) when (refused.Problem == ScriptProblem.NotTrusted)
        {
            return (null, [$"{Named(refused)} {(asked.Trusted ? "The request trusts it, and this worker runs none: set Worker:TrustScripts on workers that may." : "To trust it: --trust-model yes.")}"]);
        }
        catch (Exception bad) when (bad is OnnxFormatException or GraphExecutionException or ScriptModelException or IOException or UnauthorizedAccessException)
        {
            return (null, [Named(bad) is var text && text.Contains(asked.Path, StringComparison.Ordinal) ? text : $"{asked.Path}: {text}"]);
        }
        catch (LibTorchUnavailableException bad)
        {
            return (null, [bad.Message]);
        }

        string Named(Exception bad) => bad.Message.Replace(local.Path, asked.Path, StringComparison.Ordinal);
    }

    private static ModelLease Owned(Classifier classifier) => new(classifier, classifier.Dispose);
}
