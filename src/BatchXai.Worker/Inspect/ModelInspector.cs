using System.Security.Cryptography;
using BatchXai.Attribution.Models;
using BatchXai.Contracts.Models;
using BatchXai.Onnx;
using BatchXai.Onnx.Torch;
using BatchXai.Worker.Explain;

namespace BatchXai.Worker.Inspect;

/// <summary>Loads a model file and describes it. Run it on a thread that may use torch.</summary>
public static class ModelInspector
{
    /// <summary>The description, or every problem that was found: file, operators, input, layer, methods.</summary>
    public static (ModelDescription? Description, IReadOnlyList<string> Problems) Inspect(ModelSpec spec, IReadOnlyList<string> methods) =>
        Inspect(spec, methods, (model, _) => ModelCache.Load(spec, model), keep: false);

    /// <summary>The same; the classifier stays in the cache for the shards that follow.</summary>
    internal static (ModelDescription? Description, IReadOnlyList<string> Problems) Inspect(ModelSpec spec, IReadOnlyList<string> methods, ModelCache cache) =>
        Inspect(spec, methods, (model, hash) => cache.Get(spec, hash, () => model), keep: true);

    private static (ModelDescription? Description, IReadOnlyList<string> Problems) Inspect(
        ModelSpec spec, IReadOnlyList<string> methods, Func<OnnxModel, string, Classifier> load, bool keep)
    {
        Classifier? classifier = null;
        try
        {
            LibTorch.EnsureLoaded();
            var model = OnnxModel.Load(spec.Path);
            var hash = Hash(spec.Path);
            classifier = load(model, hash);
            var problems = methods.Count == 0 ? [] : classifier.Problems(methods);
            return problems.Count > 0
                ? (null, [.. problems.Select(problem => $"{spec.Path}: {problem}")])
                : (ModelDescriber.Describe(hash, model, classifier, methods.Count == 0 ? null : spec.Preprocess), []);
        }
        catch (UnsupportedOperatorsException missing)
        {
            return (null, [$"{spec.Path}: {missing.Operators.Count} operator(s) are not supported: {string.Join(", ", missing.Operators)}. Export the model again with another opset or exporter, or ask for these operators."]);
        }
        catch (UnsuitableModelException unsuitable)
        {
            return (null, [.. unsuitable.Problems.Select(problem => $"{spec.Path}: {problem}")]);
        }
        catch (Exception bad) when (bad is OnnxFormatException or GraphExecutionException or IOException or UnauthorizedAccessException)
        {
            return (null, [bad.Message.Contains(spec.Path, StringComparison.Ordinal) ? bad.Message : $"{spec.Path}: {bad.Message}"]);
        }
        catch (LibTorchUnavailableException bad)
        {
            return (null, [bad.Message]);
        }
        finally
        {
            if (!keep)
            {
                classifier?.Dispose();
            }
        }
    }

    private static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
