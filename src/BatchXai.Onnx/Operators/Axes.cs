namespace BatchXai.Onnx.Operators;

/// <summary>Axis arithmetic: ONNX counts negative axes from the end.</summary>
internal static class Axes
{
    public static int Normalize(long axis, int rank)
    {
        var normal = axis < 0 ? axis + rank : axis;
        return normal >= 0 && normal < rank
            ? (int)normal
            : throw new InvalidOperationException($"axis {axis} is outside a tensor of rank {rank}");
    }

    public static long[] Normalize(IReadOnlyList<long> axes, int rank) => [.. axes.Select(axis => (long)Normalize(axis, rank))];

    /// <summary>0, 1, … rank − 1.</summary>
    public static long[] All(int rank) => [.. Enumerable.Range(0, rank).Select(axis => (long)axis)];

    /// <summary>Shape that two shapes broadcast to (numpy rules).</summary>
    public static long[] Broadcast(IReadOnlyList<long> left, IReadOnlyList<long> right)
    {
        var shape = new long[Math.Max(left.Count, right.Count)];
        for (var i = 1; i <= shape.Length; i++)
        {
            var a = i <= left.Count ? left[^i] : 1;
            var b = i <= right.Count ? right[^i] : 1;
            shape[^i] = a == b || b == 1 ? a
                : a == 1 ? b
                : throw new InvalidOperationException($"shapes [{string.Join(", ", left)}] and [{string.Join(", ", right)}] do not broadcast");
        }

        return shape;
    }
}
