using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// Index tensors made safe. An index out of range on a GPU poisons the whole device context, so indices in managed or
/// CPU memory are checked; those that only the GPU knows are clamped, because looking at them would stop it.
/// </summary>
internal static class Indices
{
    /// <summary>Positions on an axis of <paramref name="size"/> as 64-bit integers; negative indices count from the end.</summary>
    public static Tensor Positions(Value indices, long size, ExecutionSettings settings)
    {
        if (indices.InLane)
        {
            var host = indices.Host();
            return (HostTensor.Vector(Array.ConvertAll(host.Data, index => Checked(index, size))) with { Dims = host.Dims }).ToTorch(settings);
        }

        using var wide = indices.Tensor(settings).to(torch.ScalarType.Int64, copy: true);
        return Positions(wide, size);
    }

    /// <summary>The same for 64-bit integers that are in torch.</summary>
    public static Tensor Positions(Tensor indices, long size)
    {
        using var fromEnd = indices.Plus(Held(size));
        using var negative = indices.lt(Held(0));
        using var positions = torch.where(negative, fromEnd, indices);
        if (positions.numel() == 0)
        {
            return positions.alias();
        }

        if (size == 0)
        {
            throw new InvalidOperationException("indices into an axis of size 0");
        }

        if (positions.device_type != DeviceType.CPU)
        {
            return positions.clamp(Held(0), Held(size - 1));
        }

        using var least = positions.min();
        using var most = positions.max();
        Checked(least.item<long>() < 0 ? least.item<long>() - size : least.item<long>(), size);
        Checked(most.item<long>(), size);
        return positions.alias();
    }

    public static long Checked(long index, long size)
    {
        var position = index < 0 ? index + size : index;
        return position >= 0 && position < size ? position : throw new InvalidOperationException($"index {index} is outside an axis of size {size}");
    }
}
