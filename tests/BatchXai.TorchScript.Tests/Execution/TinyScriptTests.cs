using BatchXai.TorchScript.Execution;
using BatchXai.TorchScript.Tests.Building;
using TorchSharp;
using Xunit;
using static BatchXai.Onnx.Torch.Scalars;
using Tensor = TorchSharp.torch.Tensor;

namespace BatchXai.TorchScript.Tests.Execution;

/// <summary>A network written by hand, against the same network by the functions of TorchSharp.</summary>
public sealed class TinyScriptTests(TinyScriptTests.Models models) : IClassFixture<TinyScriptTests.Models>
{
    public static TheoryData<string, string> Layers => new MatrixTheoryData<string, string>(
        ["traced", "scripted"],
        ["stem", "relu", "blocks.0.conv", "blocks.0.relu", "blocks.0.relu#2", "blocks.0", "blocks.1.conv", "blocks.1.relu#2", "blocks.1", "blocks"]);

    [Theory]
    [InlineData("traced")]
    [InlineData("scripted")]
    public void Scores_and_saliency_are_those_of_the_same_network_by_functions(string style)
    {
        using var scope = torch.NewDisposeScope();
        using var images = Images().requires_grad_();
        using var same = Images().requires_grad_();
        var scores = models[style].Model.Run(images);
        var expected = TinyScript.Functional(same, []);
        Close(expected, scores);
        Backward(scores, images);
        Backward(expected, same);
        Close(same.grad!, images.grad!);
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_and_its_gradient_are_those_of_the_same_network_by_functions(string style, string name)
    {
        using var scope = torch.NewDisposeScope();
        var values = new Dictionary<string, Tensor>();
        using var reference = Images().requires_grad_();
        var expected = TinyScript.Functional(reference, values);
        Backward(expected, values[name], reference);
        var (prepared, model) = models[style];
        var layer = prepared.Layers.Single(layer => layer.Name == name);
        Assert.Equal(values[name].shape[1..], layer.Shape.Skip(1));

        // Images that need no gradient: it begins at the layer.
        var (scores, hidden) = model.Run(Images(), layer);
        Backward(scores, hidden);
        Close(expected, scores);
        Close(values[name], hidden);
        Close(values[name].grad!, hidden.grad!);

        // Images that need one: both.
        using var images = Images().requires_grad_();
        (scores, hidden) = model.Run(images, layer);
        Backward(scores, hidden, images);
        Close(values[name].grad!, hidden.grad!);
        Close(reference.grad!, images.grad!);
    }

    [Theory]
    [InlineData("traced")]
    [InlineData("scripted")]
    public void Submodules_of_one_class_stay_apart(string style)
    {
        using var scope = torch.NewDisposeScope();
        var (prepared, model) = models[style];
        var first = model.Run(Images(), prepared.Layers.Single(layer => layer.Name == "blocks.0.conv")).Hidden;
        var second = model.Run(Images(), prepared.Layers.Single(layer => layer.Name == "blocks.1.conv")).Hidden;
        Assert.True((first - second).abs().max().item<float>() > .01f);
    }

    [Theory]
    [InlineData("traced")]
    [InlineData("scripted")]
    public void A_value_in_the_place_of_a_layer_decides_the_scores(string style)
    {
        using var scope = torch.NewDisposeScope();
        var (prepared, model) = models[style];
        var blocks = prepared.Layers.Single(layer => layer.Name == "blocks");
        var (scores, hidden) = model.Run(Images(), blocks);
        Close(scores, model.RunFrom(torch.zeros_like(Images()), blocks, hidden));
        using var other = torch.ones_like(hidden).requires_grad_();
        var constant = model.RunFrom(Images(), blocks, other);
        Close(constant[0], constant[1]);

        // Behind the last block there is an average and a linear layer: the gradient is a weight by the number of places.
        Backward(constant, other);
        Assert.Equal(other.grad![0, 0, 0, 0].item<float>(), other.grad[0, 0, 7, 5].item<float>(), 1e-7);
        Assert.NotEqual(0, other.grad[0, 0, 0, 0].item<float>());
    }

    [Theory]
    [InlineData("traced", "blocks", true)]
    [InlineData("traced", "blocks.0", true)]
    [InlineData("traced", "blocks.0.relu", false)]
    [InlineData("traced", "relu", true)]
    [InlineData("scripted", "blocks.1.conv", false)]
    [InlineData("scripted", "blocks", true)]
    public void A_layer_beside_a_shortcut_is_no_cut(string style, string name, bool cut)
    {
        var (prepared, model) = models[style];
        using var images = Images();
        Assert.Equal(cut, model.IsCut(images, prepared.Layers.Single(layer => layer.Name == name)));
        Assert.Equal("blocks", prepared.Target!.Name);
        Assert.Equal([1, TinyScript.Classes], prepared.Scores);
        Assert.Null(prepared.FixedBatch);
    }

    [Fact]
    public void A_layer_that_does_not_run_says_so()
    {
        var (prepared, model) = models["scripted"];
        using var images = Images();
        var training = prepared.Layers.Single(layer => layer.Name == "relu#2");
        Assert.Empty(training.Shape);
        Assert.Contains("'relu#2'", Assert.Throws<ScriptModelException>(() => model.Run(images, training)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_are_not_changed_and_nothing_is_left_behind()
    {
        var (prepared, model) = models["traced"];
        using var images = Images();
        using var before = Images();
        var tensors = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        model.Run(images).Dispose();
        var (scores, hidden) = model.Run(images, prepared.Target!);
        scores.Dispose();
        hidden.Dispose();
        Assert.Equal(tensors, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(images.allclose(before, rtol: 0, atol: 0));
    }

    [Fact]
    public void Images_of_a_wrong_size_give_an_error_that_can_be_caught()
    {
        var (prepared, model) = models["traced"];
        using var images = torch.zeros(1, 4, 8, 8);
        Assert.Equal(ScriptProblem.Failed, Assert.Throws<ScriptModelException>(() => model.Run(images)).Problem);
        Assert.Contains("channels", Assert.Throws<ScriptModelException>(() => model.Run(images, prepared.Target!)).Message, StringComparison.Ordinal);
    }

    private static Tensor Images() => torch.linspace(-1, 1, 2 * 3 * 16 * 16).sin_().reshape(2, 3, 16, 16).mul(Held(2.5));

    /// <summary>Of another class for each image.</summary>
    private static void Backward(Tensor scores, params Tensor[] inputs)
    {
        using var seed = torch.zeros_like(scores);
        seed[0, 1] = 1;
        seed[1, 3] = 1;
        torch.autograd.backward([scores], [seed], inputs: inputs);
    }

    private static void Close(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        var scale = expected.abs().max().item<float>();
        Assert.True(scale > 0);
        Assert.InRange((expected - actual).abs().max().item<float>() / scale, 0, 1e-5);
    }

    /// <summary>Both networks, prepared once.</summary>
    public sealed class Models : IAsyncLifetime
    {
        private readonly TemporaryFolder folder = new();
        private readonly Dictionary<string, (PreparedScript Prepared, ScriptModel Model)> models = [];

        internal (PreparedScript Prepared, ScriptModel Model) this[string style] => models[style];

        public async ValueTask InitializeAsync()
        {
            foreach (var (style, bytes) in new[] { ("traced", TinyScript.Traced()), ("scripted", TinyScript.Scripted()) })
            {
                var prepared = await Prepare.Async(folder.Add(style + ".pt", bytes));
                models[style] = (prepared, prepared.Load(torch.CPU));
            }
        }

        public ValueTask DisposeAsync()
        {
            foreach (var (prepared, model) in models.Values)
            {
                model.Dispose();
                prepared.Dispose();
            }

            folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
