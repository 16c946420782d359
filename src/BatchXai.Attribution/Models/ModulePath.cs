using System.Text.RegularExpressions;
using BatchXai.Onnx;

namespace BatchXai.Attribution.Models;

/// <summary>Reads the module path that an exporter left in a node.</summary>
internal static partial class ModulePath
{
    private const string Scopes = "pkg.torch.onnx.name_scopes";

    /// <summary>Module and operation that made a tensor; null when the file does not say.</summary>
    internal static (string Module, string Operation)? Of(OnnxNode node, string tensor) =>
        node.Metadata.GetValueOrDefault(Scopes) is { } scopes ? Dynamo(scopes)
        : Script().Match(tensor) is { Success: true } script ? (Nested(script.Groups["modules"].Value), script.Groups["leaf"].Value)
        : Keras().Match(tensor) is { Success: true } keras ? (keras.Groups["layer"].Value, keras.Groups["leaf"].Value)
        : null;

    /// <summary>['', 'layer4', 'layer4.2', 'layer4.2.relu', 'relu_2']: every module on the way, then the operation.</summary>
    private static (string, string)? Dynamo(string scopes)
    {
        string[] parts = [.. Quoted().Matches(scopes).Select(match => match.Groups[1].Value)];
        return parts.Length < 2 || parts[0].StartsWith('_') ? null : (parts[^2], parts[^1]);
    }

    /// <summary>layer4/layer4.2/relu_2: attribute after attribute; an entry of a list repeats the list's name.</summary>
    private static string Nested(string modules)
    {
        List<string> path = [];
        foreach (var module in modules.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (path.Count > 0 && module.StartsWith(path[^1] + ".", StringComparison.Ordinal))
            {
                path.RemoveAt(path.Count - 1);
            }

            path.Add(module);
        }

        return string.Join('.', path);
    }

    [GeneratedRegex(@"'([^']*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("^/(?<modules>([^/]+/)*)(?<leaf>[^/]+?)_output_0$")]
    private static partial Regex Script();

    // The call, the model's name, the layer, the operation; tf2onnx may add a number.
    [GeneratedRegex(@"^((Stateful)?PartitionedCall(_\d+)?/)*([^/]+/)??(?<layer>[^/]+)/(?<leaf>[^/:]+?)(__\d+)?:\d+$")]
    private static partial Regex Keras();
}
