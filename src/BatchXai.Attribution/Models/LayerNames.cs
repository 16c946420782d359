using BatchXai.Onnx;

namespace BatchXai.Attribution.Models;

/// <summary>
/// Names for people: the path of the module that made a tensor, where the exporter kept it. A module that made several tensors has their
/// operations behind a slash; of several tensors that one operation became, the last has the name and the others keep their own.
/// </summary>
internal sealed class LayerNames
{
    private readonly Dictionary<string, (string Module, string Operation)> origins = [];
    private readonly Dictionary<string, string> names;

    internal LayerNames(OnnxGraph graph, IReadOnlyList<string> tensors)
    {
        foreach (var tensor in tensors)
        {
            if (graph.Producer(tensor) is { } node && ModulePath.Of(node, tensor) is { } origin)
            {
                origins[tensor] = origin;
            }
        }

        var inModule = origins.Values.Distinct().CountBy(origin => origin.Module).ToDictionary();
        var last = new Dictionary<string, string>();
        var wanted = origins.ToDictionary(
            origin => origin.Key,
            origin => inModule[origin.Value.Module] == 1 ? origin.Value.Module : Both(origin.Value));
        foreach (var (tensor, name) in wanted.Where(pair => pair.Value.Length > 0))
        {
            last[name] = tensor;
        }

        names = last.ToDictionary(pair => pair.Value, pair => pair.Key);
    }

    /// <summary>The name of a tensor.</summary>
    internal string Of(string tensor) => names.GetValueOrDefault(tensor, tensor);

    /// <summary>The tensors that a name may mean: the tensor of that name, else those with this name for people, else those that this module made.</summary>
    internal IReadOnlyList<string> Find(string name)
    {
        List<string> named = [.. names.Where(pair => pair.Value == name).Select(pair => pair.Key)];
        return named.Count > 0 ? named : [.. origins.Where(pair => pair.Value.Module == name || Both(pair.Value) == name).Select(pair => pair.Key)];
    }

    private static string Both((string Module, string Operation) origin) =>
        origin.Module.Length > 0 ? $"{origin.Module}/{origin.Operation}" : origin.Operation;
}
