using BatchXai.TorchScript.Code;

namespace BatchXai.TorchScript.Rewrite;

/// <summary>The variables of one method of one submodule: which of them are tensors, which are submodules.</summary>
internal sealed class Scope
{
    private readonly CodeLibrary library;
    private readonly Dictionary<string, Binding> variables = new(StringComparer.Ordinal);

    internal Scope(CodeLibrary library, Binding self, ScriptFunction method)
    {
        this.library = library;
        Self = self;
        foreach (var parameter in method.Parameters)
        {
            variables[parameter.Name] = Binding.Of(parameter.Type);
        }

        // Named self by habit only.
        variables[method.Parameters[0].Name] = self;
        variables["__torch__"] = new Binding(string.Empty, Namespace: "__torch__");
    }

    internal Binding Self { get; }

    /// <summary>Notes what a statement assigns. A variable that is two different things is neither.</summary>
    internal void Assign(Statement statement)
    {
        if (statement.Value is not { } value || statement.Targets.Count == 0)
        {
            return;
        }

        var bound = Of(value);
        if (statement.Targets.Count == 1)
        {
            Assign(statement.Targets[0], bound);
            return;
        }

        var items = TypeText.TupleItems(bound.Type);
        for (var at = 0; at < statement.Targets.Count; at++)
        {
            Assign(statement.Targets[at], items is not null && at < items.Count ? Binding.Of(items[at]) : Binding.Unknown);
        }
    }

    internal Binding Of(Expression expression) => expression switch
    {
        NameExpression { Name: var name } => variables.GetValueOrDefault(name, Binding.Unknown),
        SelectExpression select => Attribute(Of(select.Value), select.Attribute.Text),
        CallExpression { Callee: NameExpression { Name: "getattr" }, Arguments: [var owner, OtherExpression { Text: ['"', .., '"'] name }] } => Attribute(Of(owner), name[1..^1]),
        CallExpression { Callee: NameExpression { Name: "annotate" or "unchecked_cast" }, Arguments: [NameExpression { Name: TypeText.Tensor }, _] } => Binding.Of(TypeText.Tensor),
        CallExpression call => Binding.Of(MethodOf(call)?.Method.Returns ?? FunctionOf(call)?.Returns ?? (GivesTensor(call) ? TypeText.Tensor : string.Empty)),
        _ => Binding.Unknown,
    };

    /// <summary>The submodule and the method of it that is called; null when something else is.</summary>
    internal (Binding Owner, ScriptFunction Method)? MethodOf(CallExpression call) =>
        call.Callee is SelectExpression select && Of(select.Value) is { Class: { } type } owner && type.Methods.TryGetValue(select.Attribute.Text, out var method)
            ? (owner, method)
            : null;

    /// <summary>The free function of the archive that is called; null when something else is.</summary>
    internal ScriptFunction? FunctionOf(CallExpression call) => Of(call.Callee) is { Namespace: { } name } ? library.Function(name) : null;

    /// <summary>The operator of torch that is called; null when something else is.</summary>
    internal static string? OperatorOf(CallExpression call) =>
        call.Callee is SelectExpression { Value: NameExpression { Name: "torch" }, Attribute.Text: var name } ? name : null;

    private bool GivesTensor(CallExpression call) =>
        OperatorOf(call) is { } name && TensorOperators.GivesTensor(name, call.Arguments is [var first, ..] && Of(first).IsTensor, call.Arguments is [_, var second, ..] && Of(second).IsTensor);

    private Binding Attribute(Binding owner, string name)
    {
        if (owner.Namespace is { } space)
        {
            return owner with { Namespace = $"{space}.{name}" };
        }

        return owner.Class?.Attributes.GetValueOrDefault(name) is not { } type ? Binding.Unknown
            : library.Class(type) is { IsModule: true } submodule ? new Binding(type, submodule, owner.PathOf(name))
            : Binding.Of(type);
    }

    private void Assign(string name, Binding bound) =>
        variables[name] = !variables.TryGetValue(name, out var before) || before == bound ? bound : Binding.Unknown;
}
