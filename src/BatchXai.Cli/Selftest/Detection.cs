using System.Globalization;
using BatchXai.Statistics;
using BatchXai.Statistics.Ranks;

namespace BatchXai.Cli.Selftest;

/// <summary>How well one score tells models that rely on a shortcut from models that do not, by their verified labels.</summary>
/// <param name="Shortcuts">Models with a verified shortcut.</param>
/// <param name="Clean">Models verified as clean.</param>
/// <param name="Area">Area under the ROC curve; null when either group is empty.</param>
/// <param name="Interval">Its 95 % bootstrap interval; null when either group has fewer than two.</param>
internal sealed record Detection(int Shortcuts, int Clean, double? Area, ConfidenceInterval? Interval)
{
    /// <summary>From the models for which the score is defined.</summary>
    public static Detection Of(IEnumerable<ZooModelResult> shortcuts, IEnumerable<ZooModelResult> clean, string score)
    {
        var (positives, negatives) = (Scores(shortcuts), Scores(clean));
        return new(positives.Length, negatives.Length, RocAuc.Of(positives, negatives), RocAuc.Interval(positives, negatives, new SplitMix64(0)));

        float[] Scores(IEnumerable<ZooModelResult> models) => [.. models.Select(model => model.Audit.Values.GetValueOrDefault(score)).OfType<double>().Select(value => (float)value)];
    }

    /// <summary>Figures as a table shows them.</summary>
    public string Text => Area is null
        ? $"no figure: {Shortcuts} with a verified shortcut, {Clean} clean"
        : string.Create(CultureInfo.InvariantCulture, $"{Area:0.000} [{Interval?.Low:0.000} … {Interval?.High:0.000}], {Shortcuts} against {Clean} models");
}
