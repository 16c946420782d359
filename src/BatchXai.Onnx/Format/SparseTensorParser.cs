namespace BatchXai.Onnx.Format;

/// <summary><c>SparseTensorProto</c> of onnx.proto3, filled up with zeros to a dense tensor. It has the name of its values.</summary>
internal static class SparseTensorParser
{
    public static OnnxTensor Parse(WireReader reader)
    {
        OnnxTensor? values = null, indices = null;
        var dims = new List<long>();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    values = TensorParser.Parse(reader.Message("The values of a sparse tensor"));
                    break;
                case 2:
                    indices = TensorParser.Parse(reader.Message("The indices of a sparse tensor"));
                    break;
                case 3:
                    reader.AddInt64s(dims);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var bits = values?.ElementType.Bits() ?? 0;
        if (values is null || bits < 8)
        {
            throw reader.Malformed("has no values, or values of a type that cannot be sparse");
        }

        var size = bits / 8;
        var dense = Zeros(values with { Dims = dims, Data = default }, ref reader);
        long last = -1;
        foreach (var (entry, position) in Positions(indices, values.Count, dims, ref reader).Index())
        {
            if (position <= last || position >= dense.Length / size)
            {
                throw reader.Malformed($"('{values.Name}') has index {position} after {last}; they ascend within [{string.Join(", ", dims)}]");
            }

            values.Data.Span.Slice(entry * size, size).CopyTo(dense.AsSpan((int)(position * size)));
            last = position;
        }

        return values with { Dims = dims, Data = dense };
    }

    private static byte[] Zeros(OnnxTensor dense, ref WireReader reader)
    {
        var bytes = TensorParser.RequireShape(dense, ref reader);
        reader.Context.AddBytes(bytes, ref reader);
        return bytes <= Array.MaxLength ? new byte[bytes] : throw reader.Malformed($"('{dense.Name}') takes {bytes} bytes when filled up, which is too much for one tensor");
    }

    // Indices are [count] into the flattened tensor or [count, rank] along each axis.
    private static long[] Positions(OnnxTensor? indices, long count, List<long> dims, ref WireReader reader)
    {
        if (indices is null && count == 0)
        {
            return [];
        }

        var linear = indices?.Dims.Count == 1 && indices.Dims[0] == count;
        var byAxis = indices?.Dims.Count == 2 && indices.Dims[0] == count && indices.Dims[1] == dims.Count;
        if (indices is not { ElementType: OnnxElementType.Int64 } || !(linear || byAxis))
        {
            throw reader.Malformed($"has {count} values for [{string.Join(", ", dims)}] and indices of {indices?.ElementType} [{string.Join(", ", indices?.Dims ?? [])}]");
        }

        var given = indices.ToInt64();
        if (linear)
        {
            return given;
        }

        var positions = new long[count];
        for (var entry = 0; entry < count; entry++)
        {
            for (var axis = 0; axis < dims.Count; axis++)
            {
                var index = given[(entry * dims.Count) + axis];
                if (index < 0 || index >= dims[axis])
                {
                    throw reader.Malformed($"has index {index} on axis {axis} of [{string.Join(", ", dims)}]");
                }

                positions[entry] = (positions[entry] * dims[axis]) + index;
            }
        }

        return positions;
    }
}
