using System.Runtime.CompilerServices;
using BatchXai.Onnx.Torch;
using TorchSharp;
using Xunit;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Onnx.Tests.Torch;

public sealed class ScalarsTests
{
    public ScalarsTests() => LibTorch.EnsureLoaded();

    [Fact]
    public void A_scalar_outlives_a_collection_and_thousands_that_follow()
    {
        var scalars = Many(2000);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.All(scalars, scalar => Assert.True(scalar.IsAlive));
    }

    [Fact]
    public void Old_scalars_are_let_go()
    {
        var scalars = Many(10_000);
        GC.Collect();

        Assert.InRange(scalars.Count(scalar => scalar.IsAlive), 1, 5000);
    }

    [Fact]
    public void Whole_numbers_keep_integers_and_others_do_not()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor(new int[] { 1, 2, 3 });
        var whole = x.mul(Held(2)).Plus(Held(1L));
        var number = x.mul(Held(.5f)).Plus(Held(1.5));
        var truth = torch.full(2, Held(true), torch.ScalarType.Bool);

        Assert.Equal([3, 5, 7], whole.data<int>().ToArray());
        Assert.Equal([2f, 2.5f, 3f], number.data<float>().ToArray());
        Assert.Equal([true, true], truth.data<bool>().ToArray());
    }

    [Fact]
    public void A_sum_is_that_of_torch()
    {
        using var scope = torch.NewDisposeScope();
        var column = torch.tensor(new float[] { 1, 2 }).unsqueeze(1);
        var sum = column.Plus(Arange(3, torch.CPU));

        Assert.Equal([1f, 2f, 3f, 2f, 3f, 4f], sum.data<float>().ToArray());
    }

    // In a method of its own: nothing in the caller's frame keeps them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> Many(int count) => [.. Enumerable.Range(0, count).Select(number => new WeakReference(Held((double)number)))];
}
