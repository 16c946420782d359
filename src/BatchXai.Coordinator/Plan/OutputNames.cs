using System.Globalization;
using BatchXai.Contracts;
using BatchXai.Storage.Locations;

namespace BatchXai.Coordinator.Plan;

/// <summary>Names of the model's outputs.</summary>
public static class OutputNames
{
    private const long MostBytes = 64L << 20;

    /// <summary>One name a line of the labels file, or the numbers 0 … <paramref name="classes"/> − 1 without one.</summary>
    /// <exception cref="UserErrorException">The file has another number of lines.</exception>
    public static async Task<IReadOnlyList<string>> ReadAsync(SourceLocations locations, string? file, int classes, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return [.. Enumerable.Range(0, classes).Select(output => output.ToString(CultureInfo.InvariantCulture))];
        }

        await using var content = await locations.OpenFileAsync(file, cancellationToken);
        if (content.Length > MostBytes)
        {
            throw new UserErrorException($"model.labels: '{file}' has {content.Length:N0} bytes, more than the {MostBytes:N0} that are read. Expected one name a line, in output order.");
        }

        using var reader = new StreamReader(content);
        var lines = new List<string>();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            lines.Add(line.Trim());
        }

        while (lines.Count > 0 && lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines.Count == classes
            ? lines
            : throw new UserErrorException($"model.labels: '{file}' names {lines.Count} outputs, and the model has {classes}. Expected one name a line, in output order.");
    }
}
