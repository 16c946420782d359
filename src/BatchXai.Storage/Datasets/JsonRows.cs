using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using BatchXai.Contracts.Datasets;

namespace BatchXai.Storage.Datasets;

/// <summary>Rows of a JSON Lines manifest: one object a line; boxes are [[left, top, right, bottom], …].</summary>
internal static class JsonRows
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public static async IAsyncEnumerable<ManifestRow> ReadAsync(SourceFile file, Findings findings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        await foreach (var line in LinesAsync(file, cancellationToken))
        {
            number++;
            if (line is null)
            {
                findings.Problem($"{file}:{number}: the line is longer than {CsvParser.MaxRecord:N0} characters.");
                yield break;
            }

            if (!string.IsNullOrWhiteSpace(line) && Row(file, number, line, findings) is { } row)
            {
                yield return row;
            }
        }
    }

    private static ManifestRow? Row(SourceFile file, int number, string line, Findings findings)
    {
        try
        {
            using var json = JsonDocument.Parse(line, Strict);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("it is no object");
            }

            var row = new ManifestRow { Line = number };
            foreach (var property in json.RootElement.EnumerateObject())
            {
                Set(row, property);
            }

            return row;
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            findings.Problem($"{file}:{number}: not a manifest line: {error.Message.TrimEnd('.')}. Expected an object such as {{\"path\": \"cat/1.jpg\", \"label\": \"cat\"}}.");
        }
        catch (InvalidOperationException)
        {
            // JsonElement says so of escapes such as \ud800, which are no text.
            findings.Problem($"{file}:{number}: not a manifest line: it has half a surrogate pair. Write characters as UTF-8.");
        }

        return null;
    }

    private static void Set(ManifestRow row, JsonProperty property)
    {
        switch (property.Name, property.Value.ValueKind)
        {
            case (_, JsonValueKind.Null):
                break;
            case ("boxes", JsonValueKind.Array):
                row.Boxes = Boxes(property.Value);
                break;
            case ("boxes", _):
                throw new FormatException("boxes is no list");
            case ("path" or "mask", not JsonValueKind.String):
                throw new FormatException($"{property.Name} is no text");
            case ("label" or "split" or "group", JsonValueKind.Object or JsonValueKind.Array):
                throw new FormatException($"{property.Name} is neither text nor number");
            case (_, JsonValueKind.String):
                row.Set(property.Name, property.Value.GetString());
                break;
            default:
                row.Set(property.Name, property.Value.GetRawText());
                break;
        }
    }

    private static List<Box>? Boxes(JsonElement list)
    {
        var boxes = new List<Box>();
        foreach (var element in list.EnumerateArray())
        {
            var numbers = element.ValueKind == JsonValueKind.Array
                ? element.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN).ToList()
                : [];
            boxes.Add(BoxText.Make(numbers, out var problem) ?? throw new FormatException($"box {boxes.Count + 1}: {problem}"));
        }

        return boxes.Count == 0 ? null : boxes;
    }

    /// <summary>The lines of a file; null in place of one that is too long, and nothing after it.</summary>
    private static async IAsyncEnumerable<string?> LinesAsync(SourceFile file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var source = new CharSource(await file.OpenAsync(cancellationToken), file);
        var line = new StringBuilder();
        for (var block = await source.NextAsync(cancellationToken); block.Length > 0; block = await source.NextAsync(cancellationToken))
        {
            var rest = block;
            for (var end = rest.Span.IndexOf('\n'); end >= 0; end = rest.Span.IndexOf('\n'))
            {
                yield return line.Append(rest.Span[..end]).ToString();
                line.Clear();
                rest = rest[(end + 1)..];
            }

            line.Append(rest.Span);
            if (line.Length > CsvParser.MaxRecord)
            {
                yield return null;
                yield break;
            }
        }

        yield return line.ToString();
    }
}
