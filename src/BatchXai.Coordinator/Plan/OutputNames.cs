using System.Globalization;
using BatchXai.Contracts;

namespace BatchXai.Coordinator.Plan;

/// <summary>Names of the model's outputs.</summary>
public static class OutputNames
{
    /// <summary>One name a line of the labels file, or the numbers 0 … <paramref name="classes"/> − 1 without one.</summary>
    /// <exception cref="UserErrorException">The file has another number of lines.</exception>
    public static async Task<IReadOnlyList<string>> ReadAsync(string? file, int classes, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return [.. Enumerable.Range(0, classes).Select(output => output.ToString(CultureInfo.InvariantCulture))];
        }

        var lines = (await File.ReadAllLinesAsync(file, cancellationToken)).Select(line => line.Trim()).ToList();
        while (lines.Count > 0 && lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines.Count == classes
            ? lines
            : throw new UserErrorException($"model.labels: '{file}' names {lines.Count} outputs, and the model has {classes}. Expected one name a line, in output order.");
    }
}
