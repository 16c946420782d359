using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// Class probabilities from decisions between pairs: Platt's sigmoid 1 − σ(a·s + b) for each, then pairwise coupling by the second method of Wu, Lin and Weng
/// (Probability estimates for multi-class classification by pairwise coupling, JMLR 5, 2004, algorithm 2), with LIBSVM's bounds: at most 100 rounds, until
/// the largest error is below 0.005 / classes. Samples that are done stand still, so that each gets its own number of rounds.
/// </summary>
internal sealed class PairProbabilities(int classes, float[] slopes, float[] offsets)
{
    private const int MostRounds = 100;
    private const double Least = 1e-7;

    private readonly Value slope = AttributeTensor.Of(slopes, slopes.Length);
    private readonly Value offset = AttributeTensor.Of(offsets, offsets.Length);

    /// <summary>Samples × classes. Belongs into a dispose scope.</summary>
    public Tensor Of(Tensor decisions, ExecutionSettings settings)
    {
        var wins = decisions.mul(slope.Tensor(settings)).Plus(offset.Tensor(settings)).neg().sigmoid().clamp(Held(Least), Held(1 - Least));
        return Couple(Matrix(wins));
    }

    // r[i][j] = P(i | i or j); Q[i][i] = Σⱼ r[j][i]², Q[i][j] = −r[j][i]·r[i][j].
    private Tensor[][] Matrix(Tensor wins)
    {
        var columns = wins.unbind(1);
        var r = new Tensor[classes, classes];
        var pair = 0;
        for (var i = 0; i < classes; i++)
        {
            for (var j = i + 1; j < classes; j++)
            {
                (r[i, j], r[j, i]) = (columns[pair], columns[pair].neg().Plus(Held(1)));
                pair++;
            }
        }

        Tensor Element(int i, int j) => i == j
            ? torch.stack([.. Enumerable.Range(0, classes).Where(other => other != i).Select(other => r[other, i].mul(r[other, i]))], 0).sum(0L)
            : r[j, i].mul(r[i, j]).neg();
        return [.. Enumerable.Range(0, classes).Select(i => Enumerable.Range(0, classes).Select(j => Element(i, j)).ToArray())];
    }

    private Tensor Couple(Tensor[][] rows)
    {
        var q = torch.stack([.. rows.Select(row => torch.stack(row, 1))], 1);
        var p = torch.full([q.shape[0], classes], Held(1.0 / classes), q.dtype, q.device);
        for (var round = 0; round < MostRounds; round++)
        {
            var qp = q.mul(p.unsqueeze(1)).sum(2L);
            var total = p.mul(qp).sum(1L);
            var open = qp.sub(total.unsqueeze(1)).abs().amax([1]).ge(Held(0.005 / classes));
            if (!open.any().item<bool>())
            {
                break;
            }

            p = torch.where(open.unsqueeze(1), Round(q, p, qp, total), p);
        }

        return p;
    }

    private Tensor Round(Tensor q, Tensor p, Tensor qp, Tensor total)
    {
        for (var i = 0; i < classes; i++)
        {
            var (row, diagonal, current) = (q.select(1, i), q.select(1, i).select(1, i), qp.select(1, i));
            var step = total.sub(current).div(diagonal);
            var grown = step.Plus(Held(1));
            var unit = torch.zeros_like(p);
            unit.select(1, i).fill_(Held(1));
            total = total.Plus(step.mul(step.mul(diagonal).Plus(current.mul(Held(2))))).div(grown).div(grown);
            qp = qp.Plus(row.mul(step.unsqueeze(1))).div(grown.unsqueeze(1));
            p = p.Plus(unit.mul(step.unsqueeze(1))).div(grown.unsqueeze(1));
        }

        return p;
    }
}
