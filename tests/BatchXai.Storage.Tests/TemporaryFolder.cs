namespace BatchXai.Storage.Tests;

/// <summary>A folder that lives as long as a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("batchxai-").FullName;

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    /// <summary>Makes a file, its parents too.</summary>
    public string Add(string relative, string content = "x")
    {
        var path = this[relative];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public TemporaryFolder With(params IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            Add(file);
        }

        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
