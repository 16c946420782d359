using BatchXai.Contracts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace BatchXai.Cli.Commands;

/// <summary>Reads a YAML file as fields: nested keys joined by dots, each with the line it stands on.</summary>
internal static class YamlFields
{
    private const long MaxBytes = 1 << 20;

    /// <summary>Reads <paramref name="file"/>; keys that are not among <paramref name="known"/> become problems.</summary>
    /// <param name="file">The file.</param>
    /// <param name="prefix">Put before every key, for files that hold one part of a request; ends with a dot, or is empty.</param>
    /// <param name="known">Every field there is.</param>
    /// <param name="problems">Collects the problems.</param>
    public static IReadOnlyDictionary<string, FieldValue> Read(string file, string prefix, IReadOnlyCollection<string> known, List<string> problems)
    {
        Dictionary<string, FieldValue> fields = [];
        try
        {
            if (Parse(file) is { } root)
            {
                new Walk(file, prefix.Length, known, fields, problems).Mapping(root, prefix.TrimEnd('.'));
            }
        }
        catch (YamlException bad)
        {
            problems.Add($"{file}:{bad.Start.Line}: not valid YAML: {bad.Message.TrimEnd('.')}. Check indentation, colons and quotes on this line.");
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet 18 on some unclosed brackets.
            problems.Add($"{file}: not valid YAML. Check that every bracket and quote is closed.");
        }
        catch (UserErrorException bad)
        {
            problems.AddRange(bad.Problems);
        }

        return fields;
    }

    private static YamlNode? Parse(string file)
    {
        if (!File.Exists(file))
        {
            throw new UserErrorException($"{file}: {(Directory.Exists(file) ? "a folder, not a file" : "no such file")}. Expected a YAML file.");
        }

        if (new FileInfo(file).Length > MaxBytes)
        {
            throw new UserErrorException($"{file}: larger than 1 MiB. Expected a short YAML file that describes an audit.");
        }

        using var reader = File.OpenText(file);
        var stream = new YamlStream();
        stream.Load(reader);
        return stream.Documents.Count switch
        {
            0 => null,
            1 => stream.Documents[0].RootNode,
            _ => throw new UserErrorException($"{file}: {stream.Documents.Count} documents. Expected one; remove the lines '---'."),
        };
    }

    private sealed class Walk(string file, int shown, IReadOnlyCollection<string> known, Dictionary<string, FieldValue> fields, List<string> problems)
    {
        private readonly string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;

        public void Mapping(YamlNode node, string path)
        {
            if (node is not YamlMappingNode mapping)
            {
                problems.Add($"{Where(node, path)}: expected keys and values, for instance 'name: my audit'.");
                return;
            }

            foreach (var (key, value) in mapping.Children)
            {
                Entry(key, value, path.Length == 0 ? key.ToString() : $"{path}.{key}");
            }
        }

        private void Entry(YamlNode key, YamlNode value, string field)
        {
            var inner = known.Where(name => name.StartsWith(field + ".", StringComparison.Ordinal)).ToList();
            if (!known.Contains(field) && inner.Count == 0)
            {
                problems.Add($"{Where(key, field)}: unknown key.{NearNames.Hint(field[shown..], known.Select(name => name[shown..]))}");
            }
            else if (IsEmpty(value))
            {
                // "labels:" with nothing behind it is the same as no line.
            }
            else if (inner.Count > 0 && (value is YamlMappingNode || !known.Contains(field)))
            {
                Mapping(value, field);
            }
            else if (Texts(value) is { } texts)
            {
                fields[field] = new FieldValue(Where(key, field), texts, folder);
            }
            else
            {
                problems.Add($"{Where(value, field)}: expected a value or a list of values, found keys.");
            }
        }

        /// <summary>Line and key, as the file writes it.</summary>
        private string Where(YamlNode node, string field) =>
            $"{file}:{node.Start.Line}{(field.Length > shown ? $": {field[shown..]}" : "")}";

        private static bool IsEmpty(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

        private static IReadOnlyList<string>? Texts(YamlNode node) => node switch
        {
            YamlScalarNode scalar => [scalar.Value ?? ""],
            YamlSequenceNode list when list.Children.All(child => child is YamlScalarNode) => [.. list.Children.Select(child => ((YamlScalarNode)child).Value ?? "")],
            _ => null,
        };
    }
}
