namespace BatchXai.Onnx.Operators;

/// <summary>
/// Two-class ensembles as ONNX Runtime scores them. Where no leaf gives to the second class, the first total s counts for it: the scores are 1 − s and s when
/// all weights are positive and belong to one class, else −s and s, or their logistic. Where leaves give to both, the totals go through the transform.
/// </summary>
internal sealed class TwoClassScores
{
    private readonly double[] bases;
    private readonly string transform;
    private readonly Func<Tensor, Tensor> ofBoth;
    private readonly bool single;
    private readonly bool positive;

    public TwoClassScores(TreeNodes nodes, double[] bases, string transform)
    {
        (this.bases, this.transform) = (bases, transform);
        ofBoth = PostTransform.Of(transform);
        single = nodes.Contributions.Select(given => given.Target).Distinct().Count() == 1;
        positive = nodes.Contributions.All(given => given.Weight >= 0);
    }

    /// <summary>Samples × 2. Belongs into a dispose scope.</summary>
    public Tensor Of(Tensor totals, Tensor touched)
    {
        var (first, second, hasSecond) = Shifted(totals, touched);
        var both = ofBoth(torch.stack([first, second], 1));
        if (bases.Length == 2)
        {
            return both;
        }

        var alone = (single && positive, transform) switch
        {
            (_, "PROBIT") => ofBoth(torch.stack([first, first], 1)),
            (true, _) => torch.stack([first.neg().Plus(Held(1)), first], 1),
            (_, "LOGISTIC") => torch.stack([first.neg().sigmoid(), first.sigmoid()], 1),
            _ => torch.stack([first.neg(), first], 1),
        };
        return torch.where(hasSecond.unsqueeze(1), both, alone);
    }

    /// <summary>1 where the second class wins. Belongs into a dispose scope.</summary>
    public Tensor Winner(Tensor totals, Tensor touched)
    {
        var (first, second, hasSecond) = Shifted(totals, touched);
        var weight = torch.where(hasSecond, second, first);
        return weight.gt(Held(single && positive ? 0.5 : 0)).to(torch.ScalarType.Int64);
    }

    private (Tensor First, Tensor Second, Tensor HasSecond) Shifted(Tensor totals, Tensor touched)
    {
        var (first, second, hasSecond) = (totals.select(1, 0), totals.select(1, 1), touched.select(1, 1));
        if (bases.Length == 1)
        {
            return (first.Plus(Held(bases[0])), second, hasSecond);
        }

        if (bases.Length != 2)
        {
            return (first, second, hasSecond);
        }

        // With two base values and a second class, the first total and the second base make both scores.
        var joined = first.Plus(Held(bases[1]));
        return (torch.where(hasSecond, joined.neg(), first.Plus(Held(bases[0]))), torch.where(hasSecond, joined, second.Plus(Held(bases[1]))), hasSecond);
    }
}
