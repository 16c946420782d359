using BatchXai.TorchScript.Archive;
using BatchXai.TorchScript.Probe;
using BatchXai.TorchScript.Rewrite;
using BatchXai.TorchScript.Tests.Building;
using TorchSharp;
using Xunit;

namespace BatchXai.TorchScript.Tests.Probe;

/// <summary>Models that would end the process that loads them: this process is still there to say so.</summary>
public sealed class ScriptProbeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_archive_that_is_not_trusted_is_never_loaded()
    {
        var request = Prepare.Request(folder.Add("net.pt", TinyScript.Traced())) with { Trusted = false, Probe = new ProbeCommand("/nowhere", []) };
        var refusal = await Refused(request);
        Assert.Equal(ScriptProblem.NotTrusted, refusal.Problem);
        Assert.Contains("runs the code in it", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("return (fc).forward(input, )", "return ((fc).forward(input, )", "expected")]
    [InlineData("torch.flatten(_1, 1)", "torch.flat_ten(_1, 1)", "Unknown builtin op: aten::flat_ten")]
    [InlineData("blocks = self.blocks", "blocks = self.bricks", "bricks")]
    public async Task Code_that_torch_cannot_read_ends_only_the_child(string before, string after, string reason)
    {
        var refusal = await Refused(Prepare.Request(folder.Add("net.pt", TinyScript.Changed(before, after))));
        Assert.True(refusal.Problem is ScriptProblem.Crashed or ScriptProblem.Failed);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task A_model_that_fails_on_the_image_says_what_torch_said()
    {
        var refusal = await Refused(Prepare.Request(folder.Add("net.pt", TinyScript.Changed("torch.flatten(_1, 1)", "torch.reshape(_1, [7, 7])"))));
        Assert.Equal(ScriptProblem.Failed, refusal.Problem);
        Assert.Contains("shape '[7, 7]' is invalid", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("takes images of 3×16×16", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_without_end_is_stopped()
    {
        const string endless = "torch.flatten(_1, 1)\n    while True:\n      input = torch.add(input, 0.)";
        var request = Prepare.Request(folder.Add("net.pt", TinyScript.Changed("torch.flatten(_1, 1)", endless)));
        var refusal = await Refused(request with { ProbeLimits = new ProbeLimits { Time = TimeSpan.FromSeconds(3) } });
        Assert.Equal(ScriptProblem.TimedOut, refusal.Problem);
        Assert.Contains("within 3 seconds", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_takes_all_memory_is_stopped()
    {
        const string greedy = "torch.flatten(torch.add(_1, torch.sum(torch.ones([40, 1024, 1024, 1024]))), 1)";
        var request = Prepare.Request(folder.Add("net.pt", TinyScript.Changed("torch.flatten(_1, 1)", greedy)));
        var refusal = await Refused(request with { ProbeLimits = new ProbeLimits { Memory = 2L << 30 } });
        Assert.Equal(ScriptProblem.OutOfMemory, refusal.Problem);
    }

    [Fact]
    public async Task A_program_that_is_no_probe_is_not_believed()
    {
        var refusal = await Refused(Prepare.Request(folder.Add("net.pt", TinyScript.Traced())) with { Probe = new ProbeCommand("/bin/true", []) });
        Assert.Equal(ScriptProblem.Crashed, refusal.Problem);
    }

    [Fact]
    public async Task What_a_model_prints_is_no_answer()
    {
        using var prepared = await Prepare.Async(folder.Add("net.pt", TinyScript.Changed("input = torch.flatten(_1, 1)", "print(\"{}\")\n    input = torch.flatten(_1, 1)")));
        Assert.Equal([1, TinyScript.Classes], prepared.Scores);
    }

    [Fact]
    public async Task A_batch_size_that_was_traced_in_is_found()
    {
        using var prepared = await Prepare.Async(folder.Add("net.pt", TinyScript.Changed("torch.flatten(_1, 1)", "torch.reshape(_1, [4, 4])")));
        Assert.Equal(4, prepared.FixedBatch);
        Assert.Equal([4, TinyScript.Classes], prepared.Scores);
        Assert.Equal([4, 4, 16, 16], prepared.Target!.Shape);
    }

    [Theory]
    [InlineData("torch.softmax((fc).forward(input, ), 1)", FinalActivation.Softmax)]
    [InlineData("torch.log_softmax((fc).forward(input, ), 1)", FinalActivation.LogSoftmax)]
    [InlineData("torch.view(torch.sigmoid((fc).forward(input, )), [-1, 5])", FinalActivation.Sigmoid)]
    [InlineData("torch.mul((fc).forward(input, ), 2)", FinalActivation.None)]
    public async Task Scores_before_a_final_activation_are_found(string end, FinalActivation activation)
    {
        using var prepared = await Prepare.Async(folder.Add("net.pt", TinyScript.Changed("(fc).forward(input, )", end)));
        Assert.Equal(activation, prepared.Activation);
        Assert.Equal(activation == FinalActivation.None ? null : "fc", prepared.Logits?.Name);
        Assert.Equal("blocks", prepared.Target!.Name);
        using var model = prepared.Load(torch.CPU);
        using var scope = torch.NewDisposeScope();
        var (_, kept) = model.Run(torch.ones(1, 3, 16, 16), [prepared.Layers.Single(layer => layer.Name == "fc"), prepared.Target]);
        using var seed = torch.ones_like(kept[0]);
        torch.autograd.backward([kept[0]], [seed], inputs: [kept[1]]);
        Assert.True(kept[0].allclose(TinyScript.Functional(torch.ones(1, 3, 16, 16), []), atol: 1e-6));
        Assert.Equal(kept[1].shape, kept[1].grad!.shape);
    }

    [Theory]
    [InlineData("torch.mean(torch.softmax(torch.flatten((blocks).forward(_0, ), 2), 2), [2], True)")]
    [InlineData("torch.mean(torch.scaled_dot_product_attention(torch.flatten((blocks).forward(_0, ), 2), torch.flatten(_0, 2), torch.flatten(_0, 2)), [2], True)")]
    public async Task Before_attention_there_is_no_target(string attention)
    {
        using var prepared = await Prepare.Async(folder.Add("net.pt", TinyScript.Changed("torch.adaptive_avg_pool2d((blocks).forward(_0, ), [1, 1])", attention)));
        Assert.Contains(prepared.Layers, layer => layer is { Name: "blocks", IsSpatial: true });
        Assert.Null(prepared.Target);
    }

    [Fact]
    public async Task Warnings_of_the_model_are_left_out()
    {
        // As Inception does it, for every batch.
        var archive = TinyScript.Changed("input = torch.flatten(_1, 1)", "torch.warn(\"again\")\n    input = torch.flatten(_1, 1)");
        Assert.DoesNotContain(ScriptCode.Rewrite(ScriptArchive.Open(folder.Add("net.pt", archive))).Files["__torch__/net.py"].Split("forward_batchxai")[^1], "torch.warn", StringComparison.Ordinal);
        using var prepared = await Prepare.Async(folder["net.pt"]);
        Assert.NotNull(prepared.Target);
    }

    [Fact]
    public async Task A_model_whose_layers_cannot_be_looked_at_still_runs_as_a_whole()
    {
        // The added names are taken: the rewritten code fails, the model itself does not.
        using var prepared = await Prepare.Async(folder.Add("net.pt", TinyScript.Changed("fc = self.fc", "batchxai_kept = 1\n    fc = self.fc")));
        Assert.Empty(prepared.Layers);
        Assert.Null(prepared.Target);
        Assert.StartsWith("Its layers cannot be looked at.", prepared.NoLayersReason, StringComparison.Ordinal);
        using var model = prepared.Load(torch.CPU);
        using var images = torch.ones(1, 3, 16, 16).requires_grad_();
        using var scores = model.Run(images);
        using var sum = scores.sum();
        sum.backward();
        Assert.True(images.grad!.abs().sum().item<float>() > 0);
    }

    [Fact]
    public async Task The_rewritten_copy_goes_with_the_preparation()
    {
        var copies = Directory.CreateDirectory(folder["copies"]).FullName;
        var prepared = await PreparedScript.PrepareAsync(Prepare.Request(folder.Add("net.pt", TinyScript.Traced())) with { Folder = copies }, TestContext.Current.CancellationToken);
        Assert.Single(Directory.EnumerateFiles(copies));
        prepared.Dispose();
        Assert.Empty(Directory.EnumerateFiles(copies));
    }

    private static Task<ScriptModelException> Refused(ScriptRequest request) =>
        Assert.ThrowsAsync<ScriptModelException>(() => PreparedScript.PrepareAsync(request, TestContext.Current.CancellationToken));
}
