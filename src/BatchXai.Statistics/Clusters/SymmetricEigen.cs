namespace BatchXai.Statistics.Clusters;

/// <summary>All eigenpairs of a small dense symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, §8.5).</summary>
internal static class SymmetricEigen
{
    private const int MostSweeps = 60;

    /// <summary>Values in ascending order; vectors[i, j] is entry i of the vector of value j.</summary>
    /// <param name="matrix">n×n, symmetric; it is overwritten.</param>
    public static (double[] Values, double[,] Vectors) Of(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var vectors = new double[n, n];
        var scale = 0.0;
        for (var i = 0; i < n; i++)
        {
            vectors[i, i] = 1;
            for (var j = 0; j < n; j++)
            {
                scale = Math.Max(scale, Math.Abs(matrix[i, j]));
            }
        }

        for (var sweep = 0; sweep < MostSweeps && Rotate(matrix, vectors, 1e-17 * scale); sweep++)
        {
        }

        var order = Enumerable.Range(0, n).OrderBy(i => matrix[i, i]).ToArray();
        var sorted = new double[n, n];
        for (var j = 0; j < n; j++)
        {
            for (var i = 0; i < n; i++)
            {
                sorted[i, j] = vectors[i, order[j]];
            }
        }

        return ([.. order.Select(i => matrix[i, i])], sorted);
    }

    /// <summary>One sweep; false: nothing was left to rotate away.</summary>
    private static bool Rotate(double[,] a, double[,] vectors, double negligible)
    {
        var (n, any) = (a.GetLength(0), false);
        for (var p = 0; p < n; p++)
        {
            for (var q = p + 1; q < n; q++)
            {
                if (Math.Abs(a[p, q]) <= negligible)
                {
                    continue;
                }

                any = true;
                var theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
                var tangent = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
                var cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
                var sine = tangent * cosine;
                for (var i = 0; i < n; i++)
                {
                    (a[i, p], a[i, q]) = ((cosine * a[i, p]) - (sine * a[i, q]), (sine * a[i, p]) + (cosine * a[i, q]));
                }

                for (var i = 0; i < n; i++)
                {
                    (a[p, i], a[q, i]) = ((cosine * a[p, i]) - (sine * a[q, i]), (sine * a[p, i]) + (cosine * a[q, i]));
                    (vectors[i, p], vectors[i, q]) = ((cosine * vectors[i, p]) - (sine * vectors[i, q]), (sine * vectors[i, p]) + (cosine * vectors[i, q]));
                }
            }
        }

        return any;
    }
}
