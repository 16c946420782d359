using System.Text.RegularExpressions;

namespace BatchXai.TorchScript.Code;

/// <summary>A code file of an archive: its classes and functions. Lines that mean something else are passed over.</summary>
internal sealed partial class CodeFile
{
    private CodeFile(string[] lines) => Lines = lines;

    internal string[] Lines { get; }

    internal Dictionary<string, ScriptClass> Classes { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, ScriptFunction> Functions { get; } = new(StringComparer.Ordinal);

    internal static CodeFile Parse(string name, string text)
    {
        var file = new CodeFile(text.ReplaceLineEndings("\n").Split('\n'));
        var module = name[..^".py".Length].Replace('/', '.');
        for (var line = 0; line < file.Lines.Length;)
        {
            var end = file.EndOfBlock(line, indent: 0);
            if (ClassHead().Match(file.Lines[line]) is { Success: true } head)
            {
                file.AddClass(head, module, name, line + 1, end);
            }
            else if (file.Lines[line].StartsWith("def ", StringComparison.Ordinal) && FunctionParser.Parse(file.Lines[line..end]) is { } function)
            {
                file.Functions[function.Name] = function;
            }

            line = end;
        }

        return file;
    }

    private void AddClass(Match head, string module, string file, int first, int end)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        var methods = new Dictionary<string, ScriptFunction>(StringComparer.Ordinal);
        for (var line = first; line < end;)
        {
            var next = EndOfBlock(line, indent: 2);
            if (Attribute().Match(Lines[line]) is { Success: true } attribute)
            {
                attributes[attribute.Groups[1].Value + attribute.Groups[2].Value] = attribute.Groups[3].Value.Trim();
            }
            else if (Lines[line].StartsWith("  def ", StringComparison.Ordinal) && FunctionParser.Parse(Lines[line..next]) is { } method)
            {
                methods[method.Name] = method;
            }

            line = next;
        }

        // Blank lines at the end belong to nobody.
        while (end > first && Lines[end - 1].Length == 0)
        {
            end--;
        }

        var name = $"{module}.{head.Groups[1].Value}";
        Classes[name] = new ScriptClass(name, head.Groups[2].Value, file, end, attributes, methods);
    }

    /// <summary>The line behind a statement and all that is indented below it.</summary>
    private int EndOfBlock(int line, int indent)
    {
        do
        {
            line++;
        }
        while (line < Lines.Length && (Lines[line].Length == 0 || Lines[line].AsSpan().IndexOfAnyExcept(' ') > indent));

        return line;
    }

    [GeneratedRegex(@"^class (\w+)\((\w+)\):\s*$")]
    private static partial Regex ClassHead();

    [GeneratedRegex(@"^  (?:(\w+) : |__annotations__\[""([^""]+)""\] = )(.+)$")]
    private static partial Regex Attribute();
}
