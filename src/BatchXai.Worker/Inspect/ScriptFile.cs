using BatchXai.Attribution.Models;
using BatchXai.Contracts.Models;
using BatchXai.TorchScript;
using BatchXai.TorchScript.Probe;

namespace BatchXai.Worker.Inspect;

/// <summary>A TorchScript archive that was tried.</summary>
internal sealed class ScriptFile(PreparedScript script) : ModelFile
{
    // An archive does not say how many channels its images have: colour first, then grey.
    private static readonly int[] Channels = [3, 1];

    public override string Format => "torchscript";

    public override IReadOnlyList<OperatorCount> Operators => Count(script.Layers.Select(layer => layer.Kind));

    internal static async Task<ScriptFile> PrepareAsync(ModelSpec spec, CancellationToken cancellationToken)
    {
        if (spec.Preprocess is not { Width: { } width, Height: { } height })
        {
            throw new UnsuitableModelException(["A TorchScript archive does not say how large its images are; give the input size in pixels (--size)."]);
        }

        ScriptModelException? first = null;
        foreach (var channels in Channels)
        {
            try
            {
                var request = new ScriptRequest(spec.Path, channels, height, width, spec.Trusted, ProbeCommand.ThisProgram(ScriptTrial.Argument));
                return new ScriptFile(await PreparedScript.PrepareAsync(request, cancellationToken));
            }
            catch (ScriptModelException failure) when (failure.Problem == ScriptProblem.Failed)
            {
                first ??= failure;
            }
        }

        throw first!;
    }

    public override Classifier Load(ClassifierOptions options) => Classifier.Load(script, options);

    protected override void Dispose(bool disposing)
    {
        script.Dispose();
        base.Dispose(disposing);
    }
}
