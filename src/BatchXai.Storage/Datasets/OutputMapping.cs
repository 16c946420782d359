using System.Globalization;

namespace BatchXai.Storage.Datasets;

/// <summary>Label → model outputs: by the class map, else by name, else (outputs without names) by sorted place.</summary>
internal sealed class OutputMapping
{
    private readonly Dictionary<string, IReadOnlyList<int>> outputs = new(StringComparer.Ordinal);

    /// <summary>Outputs of a label; null: unlabelled or unmapped; empty: mapped to nothing.</summary>
    public IReadOnlyList<int>? Find(string? label) => label is null ? null : outputs.GetValueOrDefault(label);

    /// <param name="labels">Every class of the dataset, in ordinal order.</param>
    /// <param name="classMap">The class map; null: none given.</param>
    /// <param name="outputNames">Name of every output, in order; empty: the model is not known, nothing is mapped by name.</param>
    /// <param name="findings">Takes problems and warnings.</param>
    public static OutputMapping Make(
        IReadOnlyCollection<string> labels, IReadOnlyDictionary<string, IReadOnlyList<int>>? classMap, IReadOnlyList<string> outputNames, Findings findings)
    {
        var mapping = new OutputMapping();
        if (classMap is not null)
        {
            mapping.ByClassMap(labels, classMap, findings);
        }
        else if (outputNames.Count > 0)
        {
            mapping.ByName(labels, outputNames, findings);
            if (mapping.outputs.Count == 0)
            {
                mapping.ByPlace(labels, outputNames, findings);
            }
        }
        else
        {
            return mapping;
        }

        mapping.TellUnmapped(labels, classMap is not null, outputNames, findings);
        return mapping;
    }

    private void ByClassMap(IReadOnlyCollection<string> labels, IReadOnlyDictionary<string, IReadOnlyList<int>> classMap, Findings findings)
    {
        foreach (var label in labels.Where(classMap.ContainsKey))
        {
            outputs.Add(label, classMap[label]);
        }

        var strangers = classMap.Keys.Where(name => !outputs.ContainsKey(name)).Order(StringComparer.Ordinal).ToList();
        if (strangers.Count > 0 && outputs.Count > 0)
        {
            findings.Warn($"The class map names {strangers.Count:N0} classes that the dataset does not have: {Shown.List(strangers, 5)}.");
        }
    }

    private void ByName(IReadOnlyCollection<string> labels, IReadOnlyList<string> outputNames, Findings findings)
    {
        var exact = outputNames.Index().ToLookup(output => output.Item, output => output.Index, StringComparer.Ordinal);
        var loose = outputNames.Index().ToLookup(output => output.Item, output => output.Index, StringComparer.OrdinalIgnoreCase);
        foreach (var label in labels)
        {
            int[] found = [.. exact.Contains(label) ? exact[label] : loose[label]];
            if (found.Length > 1)
            {
                findings.Warn($"'{Shown.Text(label)}' is the name of the outputs {string.Join(" and ", found)}: it maps to all of them. Use a class map to choose.");
            }

            if (found.Length > 0)
            {
                outputs.Add(label, found);
            }
        }
    }

    private void ByPlace(IReadOnlyCollection<string> labels, IReadOnlyList<string> outputNames, Findings findings)
    {
        if (labels.Count != outputNames.Count || outputNames.Index().Any(output => output.Item != output.Index.ToString(CultureInfo.InvariantCulture)))
        {
            return;
        }

        foreach (var (place, label) in labels.Index())
        {
            outputs.Add(label, [place]);
        }

        findings.Warn(
            $"The outputs have no names, so classes map to them in sorted order: '{Shown.Text(labels.First())}' is output 0, '{Shown.Text(labels.Last())}' is output {labels.Count - 1}. Give the model's labels if that is wrong.");
    }

    private void TellUnmapped(IReadOnlyCollection<string> labels, bool byClassMap, IReadOnlyList<string> outputNames, Findings findings)
    {
        var unmapped = labels.Where(label => !outputs.ContainsKey(label)).ToList();
        if (unmapped.Count == 0)
        {
            return;
        }

        var why = byClassMap ? "are not in the class map" : $"are not the name of an output (outputs are named {Shown.List(outputNames, 3)})";
        var next = byClassMap
            ? "Add a line for each to the class map (with nothing after the comma if the model has no such class)."
            : "Give a labels file with the model's output names, or a class map (CSV: class,outputs).";
        if (outputs.Count == 0)
        {
            findings.Problem($"None of the {labels.Count:N0} classes maps to a model output: they {why}. The classes: {Shown.List(unmapped, 20)}. {next}");
        }
        else
        {
            findings.Warn($"{unmapped.Count:N0} of {labels.Count:N0} classes map to no model output: they {why}: {Shown.List(unmapped, 20)}. {next}");
        }
    }
}
