using System.Globalization;
using System.Text;
using BatchXai.TorchScript.Code;

namespace BatchXai.TorchScript.Rewrite;

/// <summary>
/// Adds to a model's code a second way through it, on which the value of any layer can be kept or replaced. The code that was there stays as
/// it is: each method on the way is copied once for each place that calls it, so that submodules of the same class stay apart.
/// </summary>
internal sealed class Instrumenter(CodeLibrary library)
{
    // torch forbids recursion, but methods that each call the next one twice make any number of calls of a short text.
    private const int MostCalls = 50_000;
    private const int Deepest = 100;

    private readonly List<ScriptLayer> layers = [];
    private readonly Dictionary<string, int> named = new(StringComparer.Ordinal);
    private readonly Dictionary<ScriptClass, StringBuilder> added = [];
    private int copies;
    private int calls;

    /// <summary>The layers, in order of the code.</summary>
    internal IReadOnlyList<ScriptLayer> Layers => layers;

    /// <summary>How many layers stand before the last call of something named attention; 0 without one.</summary>
    internal int BeforeAttention { get; private set; }

    /// <summary>Methods to add, by class.</summary>
    internal IReadOnlyDictionary<ScriptClass, StringBuilder> Added => added;

    /// <summary>Copies a method for one place.</summary>
    /// <returns>The copy's name, which takes the added arguments first; null when there is no layer in it, and the method itself will do.</returns>
    internal string? Copy(Binding self, ScriptFunction method, int depth = 0)
    {
        if (depth > Deepest || ++calls > MostCalls)
        {
            throw new NotSupportedException($"its submodules call one another more than {MostCalls} times, or deeper than {Deepest}");
        }

        var before = layers.Count;
        var scope = new Scope(library, self, method);
        var statements = method.Body.Select(Statement.Parse).ToList();
        var body = new StringBuilder();
        foreach (var statement in statements)
        {
            body.Append(new Rewriter(this, scope, statement, IsResult(statement, statements), depth).Line()).Append('\n');
            scope.Assign(statement);
        }

        if (layers.Count == before)
        {
            return null;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{method.Name}_batchxai{copies++}");
        var parameters = string.Join(",\n    ", [method.Parameters[0].Text, KeepCode.Parameters, .. method.Parameters.Skip(1).Select(parameter => parameter.Text)]);
        Add(self.Class!, $"  def {name}({parameters}) -> {method.Returns}:\n{body}");
        return name;
    }

    internal void Add(ScriptClass type, string method)
    {
        if (!added.TryGetValue(type, out var text))
        {
            added[type] = text = new StringBuilder();
        }

        text.Append(method.TrimEnd()).Append('\n');
    }

    /// <summary>A new layer of that path; the second one of a path is <c>path#2</c>.</summary>
    internal ScriptLayer Layer(string path, string kind)
    {
        var times = named[path] = named.GetValueOrDefault(path) + 1;
        var layer = new ScriptLayer(layers.Count, times == 1 ? path : string.Create(CultureInfo.InvariantCulture, $"{path}#{times}"), kind);
        layers.Add(layer);
        return layer;
    }

    /// <summary>Takes note of a called class, function or operator.</summary>
    internal void Called(string name) =>
        BeforeAttention = name.Contains("attention", StringComparison.OrdinalIgnoreCase) ? layers.Count : BeforeAttention;

    /// <summary>Whether the statement makes what the method returns: the method's caller names that value.</summary>
    private static bool IsResult(Statement statement, List<Statement> all) => statement.IsReturn
        || (statement.Targets is [var target] && all.Any(other => other is { IsReturn: true, Value: NameExpression { Name: var name } } && name == target));
}
