namespace BatchXai.Statistics.Verdicts;

/// <summary>How many independent units a statement needs: items, or groups of items where a group column exists.</summary>
public static class MinimumSupport
{
    /// <summary>Below this there are pictures and no figure; from here on a figure, greyed.</summary>
    public const int Figure = 10;

    /// <summary>From here on a figure has its interval.</summary>
    public const int Interval = 30;

    /// <summary>From here on a class may be flagged and a verdict given.</summary>
    public const int Verdict = 50;
}
