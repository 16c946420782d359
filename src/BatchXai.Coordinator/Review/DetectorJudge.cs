using BatchXai.Contracts.Api;
using BatchXai.Statistics.Proportions;

namespace BatchXai.Coordinator.Review;

/// <summary>How right the search for groups is, by what people say of the groups that stand out.</summary>
internal static class DetectorJudge
{
    /// <summary>The precision of counted marks.</summary>
    public static DetectorPrecision Of(params IReadOnlyCollection<IReadOnlyDictionary<ReviewMark, int>> places)
    {
        var (shortcuts, fine) = (Count(ReviewMark.Shortcut), Count(ReviewMark.Fine));
        var n = shortcuts + fine;
        var interval = Wilson.Interval(shortcuts, n);
        return new(n == 0 ? new(0, 0, null, null, null) : new(shortcuts, n, (double)shortcuts / n, interval.Low, interval.High), Count(ReviewMark.Unsure));

        long Count(ReviewMark mark) => places.Sum(place => (long)place.GetValueOrDefault(mark));
    }
}
