using System.Diagnostics;

namespace BatchXai.Testing;

/// <summary>Unpacks a tar.xz of the shared data, once a run, into a temporary folder that the run's end removes.</summary>
public static class Archive
{
    private static readonly Dictionary<string, string> Unpacked = [];
    private static readonly Lock Gate = new();

    /// <param name="relative">The archive in the shared data.</param>
    /// <param name="member">The folder in it that is wanted.</param>
    public static string FolderOrSkip(string relative, string member = ".")
    {
        var archive = SharedData.PathOrSkip(relative);
        lock (Gate)
        {
            var key = archive + member;
            return Path.Combine(Unpacked.TryGetValue(key, out var folder) ? folder : Unpacked[key] = Unpack(archive, member), member);
        }
    }

    private static string Unpack(string archive, string member)
    {
        var folder = Directory.CreateTempSubdirectory("batchxai-archive-").FullName;
        // Not awaited: thousands of files can take longer than the runner gives a process to end.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Process.Start("rm", ["-rf", folder]).Dispose();
        using var tar = Process.Start("tar", ["-xJf", archive, "-C", folder, .. member == "." ? (string[])[] : [member]]);
        tar.WaitForExit();
        return tar.ExitCode == 0 ? folder : throw new InvalidOperationException($"tar ended with {tar.ExitCode}");
    }
}
