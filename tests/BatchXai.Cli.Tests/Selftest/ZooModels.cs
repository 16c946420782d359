using BatchXai.Cli.Planted;
using BatchXai.Cli.Selftest;
using BatchXai.Contracts.Reports;

namespace BatchXai.Cli.Tests.Selftest;

/// <summary>Results of models that were never made, for the arithmetic behind them.</summary>
internal static class ZooModels
{
    public static ZooModelResult Result(string name, double correlation, double reliance, double focus, ZooModelKind kind = ZooModelKind.Trained, PlantedCue cue = PlantedCue.Texture, AuditVerdict? verdict = null)
    {
        var model = new ZooModel(name, kind, new Planting { Cue = cue, Correlation = correlation }, 0);
        return new ZooModelResult
        {
            Made = new() { Model = model, Training = new(), OwnAccuracy = .99, BalancedAccuracy = .97, Reliance = new(reliance, reliance - .03, reliance + .03), Seconds = 1 },
            Audit = new(1, .97, new Dictionary<string, double?> { [DetectionScores.Focus] = -focus, [DetectionScores.BackgroundAttention] = .8, [CausalScores.NetFlipRate] = reliance }),
            Verdict = verdict ?? new(VerdictState.Pass, [], SplitFinding.NoEvidence, SplitAnswer.No, AdmitsBlindness: true),
            AuditSeconds = 1,
        };
    }
}
