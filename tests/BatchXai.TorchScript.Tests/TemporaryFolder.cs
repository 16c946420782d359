namespace BatchXai.TorchScript.Tests;

/// <summary>A folder that lives as long as a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("batchxai-").FullName;

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    /// <summary>Makes a file.</summary>
    public string Add(string name, ReadOnlySpan<byte> content)
    {
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
