namespace BatchXai.Onnx.Operators;

/// <summary>CenterCropPad: crops or zero-pads axes to given sizes, around the centre; of an odd difference the smaller half comes first.</summary>
internal static class CenterCropPad
{
    public static Kernel Bind(OperatorContext context)
    {
        var axes = context.Node.Ints("axes");
        return inputs =>
        {
            var x = inputs.Tensor(0);
            var rank = (int)x.Dimensions;
            var wanted = inputs.Ints(1);
            var (begin, end) = (new long[rank], new long[rank]);
            foreach (var (axis, size) in Axes.Normalize(axes ?? Axes.All(rank), rank).Zip(wanted))
            {
                // Integer division truncates towards zero, so that padding and cropping both begin with the smaller half.
                begin[axis] = (size - x.shape[axis]) / 2;
                end[axis] = size - x.shape[axis] - begin[axis];
            }

            inputs.Settings.Require([.. x.shape.Select((size, axis) => checked(size + begin[axis] + end[axis]))]);
            return [F.pad(x, PlacedWindow.TorchPads(begin, end))];
        };
    }
}
