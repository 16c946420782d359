using BatchXai.Cli.Planted;
using BatchXai.Cli.Selftest;

namespace BatchXai.Cli.Tests.Selftest;

/// <summary>Results of models that were never made, for the arithmetic behind them.</summary>
internal static class ZooModels
{
    public static ZooModelResult Result(string name, double correlation, double reliance, double focus, ZooModelKind kind = ZooModelKind.Trained, PlantedCue cue = PlantedCue.Texture)
    {
        var model = new ZooModel(name, kind, new Planting { Cue = cue, Correlation = correlation }, 0);
        var measured = new Reliance(reliance, reliance - .03, reliance + .03);
        return new ZooModelResult
        {
            Model = model,
            Training = new(),
            TrainingAccuracy = .99,
            OwnAccuracy = .99,
            BalancedAccuracy = .97,
            Reliance = measured,
            ReliesOn = measured.Verified(model.IsCleanByDesign),
            Audit = new(1, .97, new Dictionary<string, double?> { [DetectionScores.Focus] = -focus, [DetectionScores.BackgroundAttention] = .8 }),
            TrainingSeconds = 1,
            AuditSeconds = 1,
        };
    }
}
