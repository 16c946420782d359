namespace BatchXai.Onnx.Torch;

/// <summary>
/// Numbers for torch calls that stay alive during the call. TorchSharp frees a <see cref="Scalar"/> when it is collected, and hands only its address
/// to native code: of <c>x.mul(0.5)</c> nothing holds the scalar any more once the address was read, and a collection by then makes the call read
/// freed memory. So each thread holds the last ones that it made, many more than one call can need.
/// </summary>
public static class Scalars
{
    private const int HeldByThread = 4096;

    private static readonly Scalar Zero = Make(0L);

    private static readonly Scalar One = Make(1L);

    [ThreadStatic]
    private static Scalar[]? ring;

    [ThreadStatic]
    private static int next;

    /// <summary>A floating-point number. Multiplied with it, integers become floating point.</summary>
    public static Scalar Held(double value) => Hold(Make(value));

    /// <summary>A whole number.</summary>
    public static Scalar Held(long value) => Hold(Make(value));

    /// <summary>A truth value.</summary>
    public static Scalar Held(bool value) => Hold(Make(value));

    /// <summary>The sum of two tensors, broadcast. TorchSharp's own sum makes a scalar inside, the factor of the second tensor.</summary>
    public static Tensor Plus(this Tensor left, Tensor right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.add(right, One);
    }

    /// <summary>The sum of a tensor and a number, which is <see cref="Held(double)"/>.</summary>
    public static Tensor Plus(this Tensor left, Scalar right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.add(right, One);
    }

    /// <summary>The whole numbers from 0 to <paramref name="count"/> − 1. TorchSharp's own call makes the start and the step inside.</summary>
    public static Tensor Arange(long count, torch.Device device) => torch.arange(Zero, Held(count), One, torch.ScalarType.Int64, device);

    private static Scalar Hold(Scalar scalar)
    {
        ring ??= new Scalar[HeldByThread];
        next = (next + 1) % HeldByThread;
        return ring[next] = scalar;
    }

    // The only conversions there are: what they make is held.
#pragma warning disable RS0030
    private static Scalar Make(double value) => value;

    private static Scalar Make(long value) => value;

    private static Scalar Make(bool value) => value;
#pragma warning restore RS0030
}
