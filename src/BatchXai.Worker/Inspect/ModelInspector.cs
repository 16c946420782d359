using System.Security.Cryptography;
using BatchXai.Attribution.Models;
using BatchXai.Contracts.Models;
using BatchXai.Onnx;
using BatchXai.Onnx.Torch;
using BatchXai.TorchScript;
using BatchXai.Worker.Explain;

namespace BatchXai.Worker.Inspect;

/// <summary>Loads a model file and describes it.</summary>
public static class ModelInspector
{
    /// <summary>The description, or every problem that was found: file, operators, input, layer, methods. Loads the model on the calling thread.</summary>
    public static Task<(ModelDescription? Description, IReadOnlyList<string> Problems)> InspectAsync(ModelSpec spec, IReadOnlyList<string> methods, CancellationToken cancellationToken) =>
        InspectAsync(spec, methods, (file, _) => Task.FromResult(file.Load(ModelCache.OptionsOf(spec))), keep: false, cancellationToken);

    /// <summary>The same; the classifier stays in the cache for the shards that follow.</summary>
    internal static Task<(ModelDescription? Description, IReadOnlyList<string> Problems)> InspectAsync(
        ModelSpec spec, IReadOnlyList<string> methods, ModelCache cache, CancellationToken cancellationToken) =>
        InspectAsync(spec, methods, (file, hash) => cache.GetAsync(spec, hash, file, cancellationToken), keep: true, cancellationToken);

    private static async Task<(ModelDescription? Description, IReadOnlyList<string> Problems)> InspectAsync(
        ModelSpec spec, IReadOnlyList<string> methods, Func<ModelFile, string, Task<Classifier>> load, bool keep, CancellationToken cancellationToken)
    {
        Classifier? classifier = null;
        try
        {
            LibTorch.EnsureLoaded();
            using var file = await ModelFile.ReadAsync(spec, cancellationToken);
            var hash = await HashAsync(spec.Path, file.WeightFiles, cancellationToken);
            classifier = await load(file, hash);
            var problems = methods.Count == 0 ? [] : classifier.Problems(methods);
            return problems.Count > 0
                ? (null, [.. problems.Select(problem => $"{spec.Path}: {problem}")])
                : (ModelDescriber.Describe(hash, file, classifier, methods.Count == 0 ? null : spec.Preprocess), []);
        }
        catch (UnsupportedOperatorsException missing)
        {
            return (null, [$"{spec.Path}: {missing.Operators.Count} operator(s) are not supported: {string.Join(", ", missing.Operators)}. Export the model again with another opset or exporter, or ask for these operators."]);
        }
        catch (UnsuitableModelException unsuitable)
        {
            return (null, [.. unsuitable.Problems.Select(problem => $"{spec.Path}: {problem}")]);
        }
        catch (ScriptModelException refused) when (refused.Problem == ScriptProblem.NotTrusted)
        {
            return (null, [$"{refused.Message} To trust it: --trust-model yes."]);
        }
        catch (Exception bad) when (bad is OnnxFormatException or GraphExecutionException or ScriptModelException or IOException or UnauthorizedAccessException)
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

    /// <summary>SHA-256 of the file; of one that keeps weights elsewhere, of the hashes of all its files.</summary>
    private static async Task<string> HashAsync(string path, IReadOnlyList<string> weightFiles, CancellationToken cancellationToken)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] last = [];
        foreach (var part in weightFiles.Prepend(path))
        {
            await using var file = File.OpenRead(part);
            last = await SHA256.HashDataAsync(file, cancellationToken);
            all.AppendData(last);
        }

        return Convert.ToHexStringLower(weightFiles.Count == 0 ? last : all.GetHashAndReset());
    }
}
