using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// Joins updates into rows of a matrix by a commutative function (product, minimum, maximum), differentiably. Updates of
/// the same row are first joined in pairs, so that the number of steps grows with the logarithm of their number.
/// The row numbers are read into managed memory.
/// </summary>
internal static class JoinedRows
{
    public static Tensor Of(Tensor x, Tensor rows, Tensor updates, Func<Tensor, Tensor, Tensor> join)
    {
        var target = HostTensor.FromTorch(rows, OnnxElementType.Int64).Data;
        var current = updates.alias();
        while (true)
        {
            var (pairs, singles) = Pairs(target);
            if (pairs.Count == 0)
            {
                break;
            }

            using var previous = current;
            current = Halved(previous, pairs, singles, join);
            target = [.. pairs.Select(pair => target[pair.Left]), .. singles.Select(single => target[single])];
        }

        using var joined = current;
        using var distinct = torch.tensor(target, device: x.device);
        using var there = x.index_select(0, distinct);
        using var result = join(there, joined);
        return x.index_copy(0, distinct, result);
    }

    private static (List<(long Left, long Right)> Pairs, List<long> Singles) Pairs(long[] target)
    {
        var (pairs, waiting) = (new List<(long Left, long Right)>(), new Dictionary<long, long>());
        for (var i = 0L; i < target.Length; i++)
        {
            if (waiting.Remove(target[i], out var left))
            {
                pairs.Add((left, i));
            }
            else
            {
                waiting[target[i]] = i;
            }
        }

        return (pairs, [.. waiting.Values]);
    }

    private static Tensor Halved(Tensor updates, List<(long Left, long Right)> pairs, List<long> singles, Func<Tensor, Tensor, Tensor> join)
    {
        using var left = Taken(updates, pairs.Select(pair => pair.Left));
        using var right = Taken(updates, pairs.Select(pair => pair.Right));
        using var rest = Taken(updates, singles);
        using var joined = join(left, right);
        return torch.cat([joined, rest], 0);
    }

    private static Tensor Taken(Tensor updates, IEnumerable<long> rows)
    {
        using var indices = torch.tensor(rows.ToArray(), device: updates.device);
        return updates.index_select(0, indices);
    }
}
