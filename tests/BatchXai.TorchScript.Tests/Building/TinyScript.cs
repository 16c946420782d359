using TorchSharp;
using static BatchXai.Onnx.Torch.Scalars;
using F = TorchSharp.torch.nn.functional;
using Tensor = TorchSharp.torch.Tensor;

namespace BatchXai.TorchScript.Tests.Building;

/// <summary>
/// A small network: stem, two blocks of the same class, pooling, a linear layer. As TorchScript in the style of <c>torch.jit.trace</c> and of
/// <c>torch.jit.script</c>, and by the functions of TorchSharp.
/// </summary>
internal static class TinyScript
{
    internal const int Classes = 5;

    private static readonly Weights Stem = Weights.Random(1, 4, 3, 3, 3);
    private static readonly Weights[] Blocks = [Weights.Random(2, 4, 4, 3, 3), Weights.Random(3, 4, 4, 3, 3)];
    private static readonly Weights Linear = Weights.Random(4, Classes, 4);
    private static readonly Weights Bias = Weights.Random(5, Classes);

    internal const string Layers =
        """
        class Conv(Module):
          __parameters__ = ["weight", ]
          __buffers__ = []
          weight : Tensor
          training : bool
          def forward(self: __torch__.net.Conv,
              x: Tensor) -> Tensor:
            weight = self.weight
            input = torch._convolution(x, weight, None, [1, 1], [1, 1], [1, 1], False, [0, 0], 1, False, False, True, True)
            return input
        class ReLU(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          def forward(self: __torch__.net.ReLU,
              argument_1: Tensor) -> Tensor:
            return torch.relu_(argument_1)
          def forward1(self: __torch__.net.ReLU,
              input: Tensor) -> Tensor:
            return torch.relu_(input)
        class Linear(Module):
          __parameters__ = ["weight", "bias", ]
          __buffers__ = []
          weight : Tensor
          bias : Tensor
          training : bool
          def forward(self: __torch__.net.Linear,
              input: Tensor) -> Tensor:
            bias = self.bias
            weight = self.weight
            return torch.linear(input, weight, bias)

        """;

    private const string TracedNet =
        """
        class Block(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          conv : __torch__.net.Conv
          relu : __torch__.net.ReLU
          def forward(self: __torch__.net.Block,
              argument_1: Tensor) -> Tensor:
            relu = self.relu
            conv = self.conv
            _0 = (relu).forward((conv).forward(argument_1, ), )
            input = torch.add(_0, argument_1)
            return (relu).forward1(input, )
        class Sequential(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          __annotations__["0"] = __torch__.net.Block
          __annotations__["1"] = __torch__.net.Block
          def forward(self: __torch__.net.Sequential,
              argument_1: Tensor) -> Tensor:
            _1 = getattr(self, "1")
            _0 = getattr(self, "0")
            _2 = (_1).forward((_0).forward(argument_1, ), )
            return _2
        class Net(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          stem : __torch__.net.Conv
          relu : __torch__.net.ReLU
          blocks : __torch__.net.Sequential
          fc : __torch__.net.Linear
          def forward(self: __torch__.net.Net,
              x: Tensor) -> Tensor:
            fc = self.fc
            blocks = self.blocks
            relu = self.relu
            stem = self.stem
            _0 = (relu).forward((stem).forward(x, ), )
            _1 = torch.adaptive_avg_pool2d((blocks).forward(_0, ), [1, 1])
            input = torch.flatten(_1, 1)
            return (fc).forward(input, )

        """;

    private const string ScriptedNet =
        """
        def shortcut(x: Tensor,
            y: Tensor) -> Tensor:
          return torch.add(x, y)
        class Block(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          conv : __torch__.net.Conv
          relu : __torch__.net.ReLU
          def forward(self: __torch__.net.Block,
              x: Tensor) -> Tensor:
            training = self.training
            if training:
              x0 = torch.mul(x, 2.)
            else:
              x0 = x
            return (self)._shortcut(x0, )
          def _shortcut(self: __torch__.net.Block,
              x: Tensor) -> Tensor:
            _0 = __torch__.net.shortcut
            conv = self.conv
            out = (conv).forward(x, )
            relu = self.relu
            out0 = (relu).forward(out, )
            out1 = _0(out0, x, )
            relu0 = self.relu
            return (relu0).forward(out1, )
        class Net(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          stem : __torch__.net.Conv
          relu : __torch__.net.ReLU
          blocks : __torch__.net.Sequential
          fc : __torch__.net.Linear
          def forward(self: __torch__.net.Net,
              x: Tensor) -> Tuple[Tensor, Optional[Tensor]]:
            stem = self.stem
            x0 = (stem).forward(x, )
            relu = self.relu
            x1 = (relu).forward(x0, )
            blocks = self.blocks
            x2 = (blocks).forward(x1, )
            training = self.training
            if training:
              relu1 = self.relu
              aux : Optional[Tensor] = (relu1).forward(x2, )
            else:
              aux = None
            x3 = torch.adaptive_avg_pool2d(x2, [1, 1])
            x4 = torch.flatten(x3, 1)
            fc = self.fc
            x5 = (fc).forward(x4, )
            return (x5, aux)
        class Sequential(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          __annotations__["0"] = __torch__.net.Block
          __annotations__["1"] = __torch__.net.Block
          def forward(self: __torch__.net.Sequential,
              input: Tensor) -> Tensor:
            _0 = getattr(self, "0")
            _1 = getattr(self, "1")
            input0 = (_0).forward(input, )
            return (_1).forward(input0, )

        """;

    /// <summary>The module object; <paramref name="training"/> as it was saved.</summary>
    internal static ScriptObject Model(bool training = false)
    {
        ScriptObject Conv(Weights weights) => new("__torch__.net.Conv", ("weight", weights), ("training", training));
        ScriptObject Relu() => new("__torch__.net.ReLU", ("training", training));
        ScriptObject Block(Weights weights) => new("__torch__.net.Block", ("training", training), ("conv", Conv(weights)), ("relu", Relu()));
        return new ScriptObject(
            "__torch__.net.Net",
            ("training", training),
            ("stem", Conv(Stem)),
            ("relu", Relu()),
            ("blocks", new ScriptObject("__torch__.net.Sequential", ("training", training), ("0", Block(Blocks[0])), ("1", Block(Blocks[1])))),
            ("fc", new ScriptObject("__torch__.net.Linear", ("weight", Linear), ("bias", Bias), ("training", training))));
    }

    internal static byte[] Traced() => ArchiveBuilder.Build(Model(), ("__torch__/net.py", TracedNet + Layers));

    /// <summary>Saved while it was training, as happens; it returns its scores and None.</summary>
    internal static byte[] Scripted() => ArchiveBuilder.Build(Model(training: true), ("__torch__/net.py", ScriptedNet + Layers));

    /// <summary>The traced network with another text in place of a part of its own.</summary>
    internal static byte[] Changed(string before, string after) => ArchiveBuilder.Build(Model(), ("__torch__/net.py", (TracedNet + Layers).Replace(before, after, StringComparison.Ordinal)));

    /// <summary>The same network by TorchSharp. Values of layers are stored under the names that a traced or scripted archive gives them.</summary>
    internal static Tensor Functional(Tensor images, Dictionary<string, Tensor> values)
    {
        var x = values["relu"] = F.relu(values["stem"] = Conv(images, Stem));
        for (var at = 0; at < Blocks.Length; at++)
        {
            var inner = values[$"blocks.{at}.relu"] = F.relu(values[$"blocks.{at}.conv"] = Conv(x, Blocks[at]));
            x = values[$"blocks.{at}"] = values[$"blocks.{at}.relu#2"] = F.relu(inner.Plus(x));
        }

        values["blocks"] = x;
        return F.linear(x.mean([2, 3]), Tensor(Linear), Tensor(Bias));
    }

    private static Tensor Conv(Tensor x, Weights weights) => F.conv2d(x, Tensor(weights), padding: [1, 1]);

    private static Tensor Tensor(Weights weights) => torch.tensor(weights.Values, [.. weights.Shape.Select(size => (long)size)]);
}
