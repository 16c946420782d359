namespace BatchXai.Fuzz;

/// <summary>A temporary folder with the files that models keep weights in.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("batchxai-fuzz-").FullName;

    public Workplace()
    {
        File.WriteAllBytes(Path.Combine(folder, Seeds.WeightsFile), new byte[4096]);
        Directory.CreateDirectory(Path.Combine(folder, "sub"));
    }

    public string ModelPath => Path.Combine(folder, "model.onnx");

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
