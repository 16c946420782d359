namespace BatchXai.Onnx.Verification;

/// <summary>How far a tensor is from the expected one. Errors are judged against the largest expected element: single elements near zero would make any runtime look wrong.</summary>
public sealed record TensorComparison
{
    /// <summary>Shape found.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>Shape expected.</summary>
    public required IReadOnlyList<long> ExpectedShape { get; init; }

    /// <summary>Largest |actual − expected|. Equal infinities and NaN against NaN count as 0; infinite where only one of both is finite, or the shapes differ.</summary>
    public required double LargestError { get; init; }

    /// <summary>Largest finite |expected|.</summary>
    public required double Scale { get; init; }

    /// <summary>Index on each axis of the largest error; null for empty tensors and where the shapes differ.</summary>
    public IReadOnlyList<long>? Position { get; init; }

    /// <summary>The element found there.</summary>
    public double Actual { get; init; }

    /// <summary>The element expected there.</summary>
    public double Expected { get; init; }

    /// <summary>Whether both have the same shape.</summary>
    public bool SameShape => Shape.SequenceEqual(ExpectedShape);

    /// <summary><see cref="LargestError"/> over <see cref="Scale"/>; the error itself where nothing but zeros is expected.</summary>
    public double RelativeError => LargestError == 0 ? 0 : Scale == 0 ? LargestError : LargestError / Scale;

    /// <summary>Compares two tensors of any numeric type on any device.</summary>
    public static TensorComparison Of(Tensor actual, Tensor expected)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(expected);
        var wanted = Values(expected);
        var scale = wanted.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var result = new TensorComparison { Shape = actual.shape, ExpectedShape = expected.shape, LargestError = double.PositiveInfinity, Scale = scale };
        return result.SameShape ? result.With(Values(actual), wanted) : result;
    }

    private TensorComparison With(double[] actual, double[] expected)
    {
        var (worst, largest) = (0, 0.0);
        for (var i = 0; i < actual.Length; i++)
        {
            var error = Difference(actual[i], expected[i]);
            (worst, largest) = error > largest ? (i, error) : (worst, largest);
        }

        return actual.Length == 0
            ? this with { LargestError = 0 }
            : this with { LargestError = largest, Position = Coordinates(worst), Actual = actual[worst], Expected = expected[worst] };
    }

    private static double Difference(double actual, double expected)
        => actual.Equals(expected) ? 0 : double.IsFinite(actual) && double.IsFinite(expected) ? Math.Abs(actual - expected) : double.PositiveInfinity;

    private static double[] Values(Tensor tensor)
    {
        using var detached = tensor.detach();
        using var wide = detached.to(torch.ScalarType.Float64, torch.CPU, copy: true);
        using var dense = wide.contiguous();
        return tensor.numel() == 0 ? [] : dense.data<double>().ToArray();
    }

    private long[] Coordinates(long index)
    {
        var position = new long[Shape.Count];
        for (var axis = position.Length - 1; axis >= 0; axis--)
        {
            (index, position[axis]) = Math.DivRem(index, Shape[axis]);
        }

        return position;
    }
}
