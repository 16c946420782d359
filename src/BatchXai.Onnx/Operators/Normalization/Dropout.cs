namespace BatchXai.Onnx.Operators;

/// <summary>Dropout at inference: passes its input on; the mask, where wanted, is all true, up to opset 9 all ones.</summary>
internal static class Dropout
{
    public static Kernel Bind(OperatorContext context)
    {
        var wantsMask = context.Wants(1);
        var maskIsBool = context.Opset >= 10;
        return inputs =>
        {
            // A ratio of zero drops nothing even in training mode.
            if (inputs.Has(2) && inputs.Scalar(2) != 0 && (!inputs.Has(1) || inputs.Scalar(1) != 0))
            {
                throw new NotSupportedException("training_mode=1; export after model.eval()");
            }

            var same = Unary.Same(inputs);
            return wantsMask ? [same, torch.ones(inputs[0].Shape, maskIsBool ? torch.ScalarType.Bool : inputs.Tensor(0).dtype, inputs.Settings.Device)] : [same];
        };
    }
}
