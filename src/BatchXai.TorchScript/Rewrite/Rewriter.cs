using System.Globalization;
using System.Text;
using BatchXai.TorchScript.Code;

namespace BatchXai.TorchScript.Rewrite;

/// <summary>Rewrites one line: calls of submodules go to their copies, and each value of interest passes through the added function.</summary>
internal sealed class Rewriter(Instrumenter instrumenter, Scope scope, Statement statement, bool isResult, int depth)
{
    /// <summary>The line. Warnings are left out: they would be printed for every batch.</summary>
    internal string Line() => statement switch
    {
        { Targets: [], IsReturn: false, Value: CallExpression call } when Scope.OperatorOf(call) == "warn" => statement.Line[..call.Start] + "pass",
        { Value: { } value } => statement.Line[..value.Start] + Text(value) + statement.Line[value.End..],
        _ => statement.Line,
    };

    private string Text(Expression expression)
    {
        if (expression is not CallExpression call)
        {
            return Parts(expression.Start, expression.End, expression.Children);
        }

        // Arguments are computed before the call: their layers come first.
        var arguments = Parts(call.Inside, call.End, call.Arguments);
        if (scope.MethodOf(call) is { } called)
        {
            return Method(call, called.Owner, called.Method, arguments);
        }

        var text = Parts(call.Start, call.Inside, [call.Callee]) + arguments;
        var name = OperatorName(call);
        instrumenter.Called(name ?? string.Empty);
        return name is not null && scope.Of(call).IsTensor && !(isResult && ReferenceEquals(call, statement.Value))
            ? Kept(instrumenter.Layer($"{scope.Self.PathOf(name)}()", name), text)
            : text;
    }

    private string Method(CallExpression call, Binding owner, ScriptFunction method, string arguments)
    {
        instrumenter.Called(owner.Class!.ShortName);
        var select = (SelectExpression)call.Callee;
        var copy = instrumenter.Copy(owner, method, depth + 1);
        var callee = Parts(select.Start, select.Attribute.Start, [select.Value]) + (copy ?? method.Name);
        var text = $"{callee}({(copy is null ? string.Empty : KeepCode.Arguments)}{arguments}";
        return method.Returns == TypeText.Tensor && owner.Path != scope.Self.Path
            ? Kept(instrumenter.Layer(owner.Path, owner.Class.ShortName), text)
            : text;
    }

    /// <summary>Name of an operator, of torch or a free function of the archive.</summary>
    private string? OperatorName(CallExpression call) =>
        Scope.OperatorOf(call) is { } name ? TensorOperators.PlainName(name) : scope.FunctionOf(call)?.Name;

    private static string Kept(ScriptLayer layer, string text) =>
        string.Create(CultureInfo.InvariantCulture, $"{KeepCode.Function}({KeepCode.Arguments}{layer.Index}, {text})");

    /// <summary>The text of a range, with the parts in it rewritten.</summary>
    private string Parts(int start, int end, IReadOnlyList<Expression> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(statement.Line, start, part.Start - start).Append(Text(part));
            start = part.End;
        }

        return text.Append(statement.Line, start, end - start).ToString();
    }
}
