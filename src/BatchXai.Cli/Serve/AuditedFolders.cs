using System.Text.Json;
using BatchXai.Cli.Output;

namespace BatchXai.Cli.Serve;

/// <summary>
/// The output folders that were audited on this machine: one JSON line each in <c>folders.jsonl</c> in <see cref="StateFolder"/>.
/// A hint for <c>batchxai serve</c>, no more: a line may be lost, and a folder may be gone.
/// </summary>
internal sealed class AuditedFolders
{
    private readonly string? file;

    private AuditedFolders(string? file) => this.file = file;

    /// <summary>The list of whoever runs this process.</summary>
    public static AuditedFolders OfUser() => new(StateFolder.OfUser() is { } state ? Path.Combine(state, "folders.jsonl") : null);

    /// <summary>The folders, each once, in the order in which they were noted; lines that cannot be read are passed over.</summary>
    public IReadOnlyList<string> Read()
    {
        try
        {
            return file is not null && File.Exists(file) ? [.. File.ReadLines(file).Select(FolderOf).OfType<string>().Distinct(StringComparer.Ordinal)] : [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Notes a folder; that it cannot be noted stops no audit, and is said.</summary>
    public void Note(string folder, Screen screen)
    {
        try
        {
            if (file is not null && !Read().Contains(folder, StringComparer.Ordinal))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.AppendAllText(file, JsonSerializer.Serialize(new Line(folder)) + "\n");
            }
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            screen.Note($"batchxai serve will not know this folder by itself: {unwritable.Message} Name it there: batchxai serve {folder}");
        }
    }

    private static string? FolderOf(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(line)?.Folder is { } folder && Path.IsPathRooted(folder) ? folder : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Line(string? Folder);
}
