namespace BatchXai.Statistics.Clusters;

/// <summary>
/// The few smallest eigenpairs of a graph's normalised Laplacian, by subspace iteration with a Chebyshev filter (Zhou, Saad, Tiago and Chelikowsky 2006, J. Comput.
/// Phys. 219, 172–184). A block rather than single vectors, because well-separated groups make 0 a multiple eigenvalue.
/// </summary>
internal sealed class LaplacianSpectrum
{
    private const int Degree = 12;
    private const int Spare = 4;
    private const int MostRounds = 200;
    private const double SmallResidual = 1e-6; // Values are then right to about its square over their distance from the others.
    private const double NarrowestDamped = 1e-4;
    private const double Largest = 2; // No eigenvalue of a normalised Laplacian is larger.

    private readonly NeighbourGraph graph;
    private readonly int width;
    private double[] block;
    private double[] image;
    private double[] next;

    private LaplacianSpectrum(NeighbourGraph graph, int width, SplitMix64 random)
    {
        (this.graph, this.width) = (graph, width);
        block = new double[graph.Nodes * width];
        (image, next) = (new double[block.Length], new double[block.Length]);
        for (var i = 0; i < block.Length; i++)
        {
            block[i] = random.NextUniform() - .5;
        }
    }

    /// <summary>The smallest eigenvalues in ascending order, and their orthonormal vectors: Vectors[node][i] belongs to value i.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="count">How many, 1 … the number of nodes.</param>
    /// <param name="random">Where the iteration starts; the result does not depend on it beyond rounding.</param>
    public static (double[] Values, double[][] Vectors) Smallest(NeighbourGraph graph, int count, SplitMix64 random)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, graph.Nodes);
        var spectrum = new LaplacianSpectrum(graph, Math.Min(count + Spare, graph.Nodes), random);
        var values = spectrum.Iterate(count);
        return (values[..count], [.. Enumerable.Range(0, graph.Nodes).Select(node => spectrum.block.AsSpan(node * spectrum.width, count).ToArray())]);
    }

    private double[] Iterate(int count)
    {
        var values = RayleighRitz();
        for (var round = 0; round < MostRounds && Residual(values, count) > SmallResidual; round++)
        {
            Filter(Math.Max(values[^1], NarrowestDamped));
            values = RayleighRitz();
        }

        return values;
    }

    /// <summary>Replaces the block by T_m of the Laplacian times it, T_m mapped so that eigenvalues from here to the largest are damped and smaller ones grow.</summary>
    private void Filter(double from)
    {
        var (centre, half) = ((Largest + from) / 2, (Largest - from) / 2);
        var before = block;
        var now = Step(before, null, centre, 1 / half);
        for (var degree = 2; degree <= Degree; degree++)
        {
            (before, now) = (now, Step(now, before, centre, 2 / half));
        }

        block = now;
    }

    /// <summary>factor·(L − centre)·vectors − earlier.</summary>
    private double[] Step(double[] vectors, double[]? earlier, double centre, double factor)
    {
        var result = new double[vectors.Length];
        graph.Laplacian(vectors, width, result);
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = (factor * (result[i] - (centre * vectors[i]))) - (earlier is null ? 0 : earlier[i]);
        }

        return result;
    }

    /// <summary>Turns the block into the best approximations of eigenvectors that its span holds, and their images; returns their values.</summary>
    private double[] RayleighRitz()
    {
        Orthonormalise();
        graph.Laplacian(block, width, image);
        var projected = new double[width, width];
        for (var i = 0; i < width; i++)
        {
            for (var j = i; j < width; j++)
            {
                projected[i, j] = projected[j, i] = (Dot(block, i, image, j) + Dot(image, i, block, j)) / 2;
            }
        }

        var (values, vectors) = SymmetricEigen.Of(projected);
        block = Rotated(block, vectors);
        image = Rotated(image, vectors);
        return values;
    }

    private double[] Rotated(double[] from, double[,] by)
    {
        var result = next;
        Array.Clear(result);
        for (var row = 0; row < from.Length; row += width)
        {
            for (var i = 0; i < width; i++)
            {
                var entry = from[row + i];
                for (var j = 0; j < width; j++)
                {
                    result[row + j] += entry * by[i, j];
                }
            }
        }

        next = from;
        return result;
    }

    /// <summary>Modified Gram–Schmidt, twice: once loses digits when the filter has made the vectors nearly parallel.</summary>
    private void Orthonormalise()
    {
        for (var column = 0; column < width; column++)
        {
            Scale(column, 1 / Math.Sqrt(Dot(block, column, block, column)));
            for (var pass = 0; pass < 2; pass++)
            {
                for (var earlier = 0; earlier < column; earlier++)
                {
                    var part = Dot(block, earlier, block, column);
                    for (var row = 0; row < block.Length; row += width)
                    {
                        block[row + column] -= part * block[row + earlier];
                    }
                }

                Scale(column, 1 / Math.Sqrt(Dot(block, column, block, column)));
            }
        }
    }

    private void Scale(int column, double factor)
    {
        for (var row = 0; row < block.Length; row += width)
        {
            block[row + column] *= factor;
        }
    }

    private double Residual(double[] values, int count)
    {
        var largest = 0.0;
        for (var column = 0; column < count; column++)
        {
            var squares = 0.0;
            for (var row = 0; row < block.Length; row += width)
            {
                var off = image[row + column] - (values[column] * block[row + column]);
                squares += off * off;
            }

            largest = Math.Max(largest, squares);
        }

        return Math.Sqrt(largest);
    }

    private double Dot(double[] first, int i, double[] second, int j)
    {
        var sum = 0.0;
        for (var row = 0; row < first.Length; row += width)
        {
            sum += first[row + i] * second[row + j];
        }

        return sum;
    }
}
