using BatchXai.Contracts.Datasets;

namespace BatchXai.Storage.Datasets;

/// <summary>One row of a manifest as written, columns told apart; empty values are null.</summary>
internal sealed class ManifestRow
{
    public required int Line { get; init; }

    public string? Path { get; private set; }

    public string? Label { get; private set; }

    public string? Split { get; private set; }

    public string? Mask { get; private set; }

    public string? Group { get; private set; }

    public IReadOnlyList<Box>? Boxes { get; set; }

    public SortedDictionary<string, string>? Metadata { get; private set; }

    /// <summary>Sets a text column; what is no column of ours becomes metadata.</summary>
    public void Set(string column, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return;
        }

        switch (column)
        {
            case "path":
                Path = value;
                break;
            case "label":
                Label = value;
                break;
            case "split":
                Split = value;
                break;
            case "mask":
                Mask = value;
                break;
            case "group":
                Group = value;
                break;
            default:
                (Metadata ??= new(StringComparer.Ordinal))[column] = value;
                break;
        }
    }
}
