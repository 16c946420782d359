using BatchXai.Cli.Serve;
using BatchXai.Testing;
using Xunit;

namespace BatchXai.Cli.Tests.Serve;

public sealed class AuditedFoldersTests
{
    [Fact]
    public void A_folder_is_noted_once_and_lines_that_are_none_are_passed_over()
    {
        var (one, other) = ($"/a folder/{Guid.NewGuid()}", $"/\u202Eodd \"name\"\n/{Guid.NewGuid()}");
        var (screen, folders) = (new CapturedScreen(), AuditedFolders.OfUser());
        folders.Note(one, screen.Screen);
        File.AppendAllText(Path.Combine(PrivateState.Folder, "batchxai", "folders.jsonl"), "no json\n{\"Folder\":\"relative\"}\n{}\n\n");
        folders.Note(other, screen.Screen);
        folders.Note(one, screen.Screen);
        Assert.Equal([one, other], folders.Read().Where(folder => folder == one || folder == other));
        Assert.DoesNotContain("relative", folders.Read());
        Assert.Empty(screen.Errors);
    }

    [Fact]
    public void That_a_folder_cannot_be_noted_is_said_and_stops_nothing()
    {
        var before = Environment.GetEnvironmentVariable(PrivateState.Variable);
        var file = Path.GetTempFileName();
        try
        {
            Environment.SetEnvironmentVariable(PrivateState.Variable, file); // No folder.
            var screen = new CapturedScreen();
            AuditedFolders.OfUser().Note("/somewhere", screen.Screen);
            Assert.Contains("batchxai serve /somewhere", screen.Errors, StringComparison.Ordinal);
            Assert.Empty(AuditedFolders.OfUser().Read());
        }
        finally
        {
            Environment.SetEnvironmentVariable(PrivateState.Variable, before);
            File.Delete(file);
        }
    }
}
