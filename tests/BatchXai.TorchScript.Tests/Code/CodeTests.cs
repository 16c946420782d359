using BatchXai.TorchScript.Code;
using Xunit;

namespace BatchXai.TorchScript.Tests.Code;

public sealed class CodeTests
{
    [Theory]
    [InlineData("_0 = (bn1).forward((conv1).forward(x, ), )", "_0", 2)]
    [InlineData("aux : Optional[Tensor] = (AuxLogits).forward(x18, )", "aux", 1)]
    [InlineData("x1, aux1, aux2, = (self)._forward(x0, )", "x1 aux1 aux2", 1)]
    [InlineData("if torch.__is__(a, None):", "", 1)]
    [InlineData("for i in range(torch.len(x)):", "", 2)]
    [InlineData("return torch.add_(f(x, k=1e-05), [y, -2.5][0])", "", 2)]
    [InlineData("_4 = torch.format(\"expected \\\"4D\\\" (got {}D)\", g(x)(y))", "_4", 3)]
    [InlineData("x = annotate(Dict[str, Tensor], {\"a\": f(x), \"b\": not g(x)})", "x", 3)]
    [InlineData("y = (f(x),) if c and not d else (a, f(b))", "y", 2)]
    [InlineData("pass", "", 0)]
    public void Finds_targets_and_calls(string line, string targets, int calls)
    {
        var statement = Statement.Parse("    " + line);
        Assert.Equal(targets, string.Join(' ', statement.Targets));
        Assert.NotNull(statement.Value);
        Assert.Equal(calls, All(statement.Value).OfType<CallExpression>().Count());
        Assert.All(All(statement.Value).OfType<CallExpression>(), call => Assert.EndsWith(")", statement.Line[call.Start..call.End], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x = f(a b)")]
    [InlineData("x = \"no end")]
    [InlineData("x = f(")]
    [InlineData("x = ]")]
    [InlineData("else:")]
    [InlineData("")]
    public void Leaves_alone_what_it_does_not_understand(string line) => Assert.Null(Statement.Parse(line).Value);

    [Fact]
    public void Deep_nesting_does_not_fill_the_stack() => Assert.Null(Statement.Parse("x = " + new string('(', 100_000) + "y" + new string(')', 100_000)).Value);

    [Fact]
    public void Reads_classes_methods_and_functions()
    {
        var file = CodeFile.Parse(
            "__torch__/a/b.py",
            """
            op_version_set = 1
            class Net(Module):
              __parameters__ = ["weight", ]
              weight : Tensor
              layer1 : __torch__.a.___torch_mangle_1.Seq
              __annotations__["0"] = __torch__.a.Block
              def forward(self: __torch__.a.b.Net,
                  x: Tensor,
                  pool: Tuple[int, int]=(1, 1),
                  mask: Optional[Tensor]=None) -> Tuple[Tensor, Dict[str, Tensor]]:
                y = x
                return (y, {})
              def other(self: __torch__.a.b.Net) -> NoneType:
                return None
            class Out(NamedTuple):
              logits : Tensor

            def relu(input: Tensor,
                inplace: bool=False) -> Tensor:
              return torch.relu(input)
            """);
        var net = file.Classes["__torch__.a.b.Net"];
        Assert.Equal(["weight", "layer1", "0"], net.Attributes.Keys);
        Assert.Equal("__torch__.a.___torch_mangle_1.Seq", net.Attributes["layer1"]);
        Assert.Equal(["forward", "other"], net.Methods.Keys);
        var forward = net.Methods["forward"];
        Assert.Equal([("self", false), ("x", false), ("pool", true), ("mask", true)], forward.Parameters.Select(parameter => (parameter.Name, parameter.HasDefault)));
        Assert.Equal("Tuple[int, int]", forward.Parameters[2].Type);
        Assert.Equal(["Tensor", "Dict[str, Tensor]"], TypeText.TupleItems(forward.Returns)!);
        Assert.Equal(["    y = x", "    return (y, {})"], forward.Body);
        Assert.Equal("NamedTuple", file.Classes["__torch__.a.b.Out"].Base);
        Assert.Equal("Tensor", file.Functions["relu"].Returns);
    }

    private static IEnumerable<Expression> All(Expression expression) => expression.Children.SelectMany(All).Prepend(expression);
}
