namespace BatchXai.Testing;

/// <summary>A folder for what programs remember between runs (<c>XDG_STATE_HOME</c>), so that tests never write into that of whoever runs them.</summary>
public static class PrivateState
{
    /// <summary>Name of the variable that names the folder.</summary>
    public const string Variable = "XDG_STATE_HOME";

    private static readonly Lazy<string> Made = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("batchxai-state-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder.FullName;
    });

    /// <summary>The folder of this test process; it goes with it.</summary>
    public static string Folder => Made.Value;
}
