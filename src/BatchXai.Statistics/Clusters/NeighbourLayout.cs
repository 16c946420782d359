namespace BatchXai.Statistics.Clusters;

/// <summary>
/// Points of many numbers laid out in a plane so that neighbours stay neighbours: exact t-SNE (van der Maaten and Hinton 2008, JMLR 9, 2579–2605), begun at the principal plane (Kobak and
/// Berens 2019, Nature Communications 10, 5416), so that nothing is drawn by lot. Who lies by whom means something; the size of a heap and the distance between heaps do not.
/// </summary>
public static class NeighbourLayout
{
    private const double MostNeighbours = 30;
    private const int ExaggeratedRounds = 100;
    private const int Rounds = 400;
    private const double Exaggeration = 12;
    private const double Rate = 12.5; // For up to 600 points; n / 48 for more (Belkina et al. 2019, Nature Communications 10, 5415).

    /// <summary>A place for each point, 0 … 1 both ways; the wider way fills this range. The same points give the same places.</summary>
    /// <param name="points">At least 4 points of one length, at least 2 numbers each, all finite. Time and memory grow with the square of their number: 400 take a quarter of a second and 3 MB.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 4 points.</exception>
    public static (double X, double Y)[] Of(IReadOnlyList<float[]> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentOutOfRangeException.ThrowIfLessThan(points.Count, 4, nameof(points));
        var n = points.Count;
        var shares = NeighbourShares.Of(points, Math.Min(MostNeighbours, (n - 1) / 3.0));
        var (x, y) = PrincipalPlane.Of(points);
        var wide = Math.Sqrt(x.Average(value => value * value));
        // So small that the first steps, not the start, say how far apart points lie.
        Array.ForEach([x, y], axis => Scale(axis, wide > 0 ? 1e-4 / wide : 0));
        var (kernel, gradientX, gradientY) = (new double[n * n], new double[n], new double[n]);
        var (speedX, speedY) = (new double[n], new double[n]);
        for (var round = 0; round < Rounds; round++)
        {
            var begins = round < ExaggeratedRounds;
            Gradient(shares, begins ? Exaggeration : 1, x, y, kernel, gradientX, gradientY);
            Step(x, speedX, gradientX, begins ? .5 : .8);
            Step(y, speedY, gradientY, begins ? .5 : .8);
        }

        Narrow(x);
        Narrow(y);
        return Framed(x, y);
    }

    /// <summary>Gradient of the Kullback–Leibler divergence between the shares and those of the places, which fall off as 1 / (1 + distance²).</summary>
    /// <param name="shares">Shares of all pairs, n×n.</param>
    /// <param name="factor">On the shares.</param>
    /// <param name="x">Places.</param>
    /// <param name="y">Places, the other way.</param>
    /// <param name="kernel">n×n, overwritten.</param>
    /// <param name="gradientX">Takes the gradient.</param>
    /// <param name="gradientY">Takes the gradient, the other way.</param>
    internal static void Gradient(double[] shares, double factor, double[] x, double[] y, double[] kernel, double[] gradientX, double[] gradientY)
    {
        var n = x.Length;
        var total = 0.0;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (dx, dy) = (x[i] - x[j], y[i] - y[j]);
                total += kernel[(i * n) + j] = 1 / (1 + (dx * dx) + (dy * dy));
            }
        }

        Array.Clear(gradientX);
        Array.Clear(gradientY);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var near = kernel[(i * n) + j];
                var pull = 4 * ((factor * shares[(i * n) + j]) - (near / (2 * total))) * near;
                var (dx, dy) = (pull * (x[i] - x[j]), pull * (y[i] - y[j]));
                gradientX[i] += dx;
                gradientY[i] += dy;
                gradientX[j] -= dx;
                gradientY[j] -= dy;
            }
        }
    }

    private static void Step(double[] axis, double[] speed, double[] gradient, double momentum)
    {
        var rate = Math.Max(Rate, axis.Length / 48.0);
        for (var i = 0; i < axis.Length; i++)
        {
            speed[i] = (momentum * speed[i]) - (rate * gradient[i]);
            axis[i] += speed[i];
        }
    }

    private static void Scale(double[] axis, double factor)
    {
        for (var i = 0; i < axis.Length; i++)
        {
            axis[i] *= factor;
        }
    }

    /// <summary>
    /// Narrows empty bands to a third of what is not empty: how far heaps lie apart means nothing, and a group of equal points drives the others so far away that they shrink to a dot.
    /// </summary>
    private static void Narrow(double[] axis)
    {
        var order = Enumerable.Range(0, axis.Length).OrderBy(i => axis[i]).ToArray();
        double[] gaps = [.. order.Skip(1).Zip(order, (right, left) => axis[right] - axis[left])];
        var widest = (gaps.Sum() - gaps.Max()) / 3;
        if (widest > 0)
        {
            axis[order[0]] = 0;
            for (var i = 0; i < gaps.Length; i++)
            {
                axis[order[i + 1]] = axis[order[i]] + Math.Min(gaps[i], widest);
            }
        }
    }

    private static (double X, double Y)[] Framed(double[] x, double[] y)
    {
        var (left, top) = (x.Min(), y.Min());
        var side = Math.Max(x.Max() - left, y.Max() - top);
        return [.. x.Zip(y, (one, other) => side > 0 ? ((one - left) / side, (other - top) / side) : (.5, .5))];
    }
}
