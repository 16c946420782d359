namespace BatchXai.Cli.Commands.Verify;

/// <summary>The value of a flag that may say which tensor it belongs to: <c>[tensor=]value</c>.</summary>
/// <param name="Tensor">The tensor's name.</param>
/// <param name="Value">What stands behind it.</param>
internal sealed record NamedValue(string Tensor, string Value)
{
    /// <summary>Reads the values of one flag. Those without a name go to the tensors of <paramref name="inOrder"/> that no other names.</summary>
    /// <param name="flag">The flag, for messages.</param>
    /// <param name="values">What was given.</param>
    /// <param name="inOrder">The model's inputs, or its outputs.</param>
    /// <param name="exists">Whether the model has a tensor of this name.</param>
    /// <param name="problems">Gets what cannot be used.</param>
    public static List<NamedValue> Read(string flag, IReadOnlyList<string> values, IReadOnlyList<string> inOrder, Func<string, bool> exists, List<string> problems)
    {
        var split = values.Select(value => Split(value, exists)).ToList();
        var named = split.Select(pair => pair.Tensor).ToHashSet();
        var free = new Queue<string>(inOrder.Where(name => !named.Contains(name)));
        List<NamedValue> read = [];
        foreach (var (tensor, value) in split)
        {
            if (tensor is null && value.IndexOf('=') is var at and > 0 && !File.Exists(value))
            {
                problems.Add($"{flag} {value}: the model has no tensor '{value[..at]}'.{NearNames.Hint(value[..at], inOrder)}");
            }
            else if (tensor is null && free.Count == 0)
            {
                problems.Add($"{flag} {value}: the model has {inOrder.Count} ({string.Join(", ", inOrder)}), and {values.Count} are given. Say which: {flag} TENSOR=FILE.");
            }
            else
            {
                read.Add(new(tensor ?? free.Dequeue(), value));
            }
        }

        problems.AddRange(read.GroupBy(pair => pair.Tensor).Where(group => group.Count() > 1).Select(group => $"{flag}: '{group.Key}' is given {group.Count()} times."));
        return read;
    }

    // A tensor's name may itself hold '='.
    private static (string? Tensor, string Value) Split(string value, Func<string, bool> exists)
    {
        for (var at = value.IndexOf('='); at >= 0; at = value.IndexOf('=', at + 1))
        {
            if (exists(value[..at]))
            {
                return (value[..at], value[(at + 1)..]);
            }
        }

        return (null, value);
    }
}
