using System.Runtime.CompilerServices;

namespace BatchXai.Storage.Datasets;

/// <summary>Streams the records of a CSV file, the header among them.</summary>
internal static class CsvFile
{
    public static async IAsyncEnumerable<CsvRecord> ReadAsync(SourceFile file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var source = new CharSource(await file.OpenAsync(cancellationToken), file);
        var parser = new CsvParser();
        for (var block = await source.NextAsync(cancellationToken); block.Length > 0; block = await source.NextAsync(cancellationToken))
        {
            for (var i = 0; i < block.Length; i++)
            {
                if (parser.Push(block.Span[i]) is { } record)
                {
                    yield return record;
                }

                if (parser.Stopped)
                {
                    yield break;
                }
            }
        }

        if (parser.Finish() is { } last)
        {
            yield return last;
        }
    }
}
