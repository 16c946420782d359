using System.Globalization;

namespace BatchXai.Storage.Datasets;

/// <summary>A class map file: CSV with the columns class and outputs (space-separated numbers; may be empty).</summary>
internal static class ClassMap
{
    /// <summary>Class → outputs. Problems are told to <paramref name="findings"/>.</summary>
    /// <param name="file">The class map.</param>
    /// <param name="outputs">Number of model outputs; 0: unknown.</param>
    /// <param name="findings">Takes the problems.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<int>>> ReadAsync(SourceFile file, int outputs, Findings findings, CancellationToken cancellationToken)
    {
        var map = new Dictionary<string, IReadOnlyList<int>>(StringComparer.Ordinal);
        var header = false;
        await foreach (var record in CsvFile.ReadAsync(file, cancellationToken))
        {
            if (record.Error is { } error)
            {
                findings.Problem($"{file}:{record.Line}: {error}.");
            }
            else if (!header)
            {
                header = true;
                if (record.Fields is not [var first, var second] || first.Trim() != "class" || second.Trim() != "outputs")
                {
                    findings.Problem($"{file}:{record.Line}: expected the header 'class,outputs', found '{Shown.Text(string.Join(',', record.Fields))}'.");
                    return map;
                }
            }
            else if (record.Fields is not [var name, var numbers])
            {
                findings.Problem($"{file}:{record.Line}: {record.Fields.Count} fields; expected 2: class,outputs with spaces between the outputs.");
            }
            else if (Outputs(numbers, outputs, out var problem) is not { } mapped)
            {
                findings.Problem($"{file}:{record.Line}: class '{Shown.Text(name)}': {problem}.");
            }
            else if (!map.TryAdd(name, mapped))
            {
                findings.Problem($"{file}:{record.Line}: class '{Shown.Text(name)}' is here twice. Keep one line.");
            }
        }

        if (!header)
        {
            findings.Problem($"{file} is empty; expected the header 'class,outputs' and one line a class.");
        }

        return map;
    }

    private static List<int>? Outputs(string text, int outputs, out string? problem)
    {
        problem = null;
        var numbers = new List<int>();
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                problem = $"'{Shown.Text(word)}' is no output number; expected numbers from 0, separated by spaces";
                return null;
            }

            if (outputs > 0 && number >= outputs)
            {
                problem = $"output {number} does not exist; the model has {outputs:N0} outputs, 0 … {outputs - 1}";
                return null;
            }

            if (!numbers.Contains(number))
            {
                numbers.Add(number);
            }
        }

        return numbers;
    }
}
