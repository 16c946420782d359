using System.Runtime.CompilerServices;

namespace BatchXai.Storage.Datasets;

/// <summary>Rows of a CSV manifest. Its header names the columns; boxes are written "left top right bottom; left top right bottom".</summary>
internal static class CsvRows
{
    public static async IAsyncEnumerable<ManifestRow> ReadAsync(SourceFile file, Findings findings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<string>? columns = null;
        await foreach (var record in CsvFile.ReadAsync(file, cancellationToken))
        {
            if (record.Error is { } error)
            {
                findings.Problem($"{file}:{record.Line}: {error}.");
            }
            else if (columns is null)
            {
                columns = Columns(file, record, findings);
                if (columns is null)
                {
                    yield break;
                }
            }
            else if (record.Fields.Count != columns.Count)
            {
                findings.Problem($"{file}:{record.Line}: {record.Fields.Count} fields, but the header has {columns.Count}. Put a field that holds a comma in quotes.");
            }
            else
            {
                yield return Row(file, record, columns, findings);
            }
        }
    }

    private static List<string>? Columns(SourceFile file, CsvRecord header, Findings findings)
    {
        var columns = header.Fields.Select(name => name.Trim()).Select(name => IsOurs(name.ToLowerInvariant()) ? name.ToLowerInvariant() : name).ToList();
        if (!columns.Contains("path"))
        {
            findings.Problem(
                $"{file}:{header.Line}: no column 'path'; the first line names {Shown.List(columns, 10)}. Expected a header line such as 'path,label,split,mask,boxes,group', separated by commas.");
            return null;
        }

        var twice = columns.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        if (twice.Count > 0)
        {
            findings.Problem($"{file}:{header.Line}: columns named twice: {Shown.List(twice, 10)}. Rename or remove one of each.");
            return null;
        }

        return columns;
    }

    private static bool IsOurs(string name) => name is "path" or "label" or "split" or "mask" or "boxes" or "group";

    private static ManifestRow Row(SourceFile file, CsvRecord record, List<string> columns, Findings findings)
    {
        var row = new ManifestRow { Line = record.Line };
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i] != "boxes")
            {
                row.Set(columns[i], record.Fields[i]);
            }
            else if (!BoxText.TryParse(record.Fields[i], out var boxes, out var problem))
            {
                findings.Problem($"{file}:{record.Line}: boxes '{Shown.Text(record.Fields[i])}': {problem}.");
            }
            else
            {
                row.Boxes = boxes;
            }
        }

        return row;
    }
}
