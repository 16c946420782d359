using System.Diagnostics;
using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Workspaces;
using Xunit;

namespace BatchXai.EndToEnd.Tests;

public sealed class OutputFolderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Second_program_on_the_same_output_is_refused_and_the_first_goes_on()
    {
        using var workspace = new PlantedWorkspace(images: 600);
        using var first = BatchXaiProgram.Start(workspace.Run("out", "--shard-size", "20", "--causal", "off"));
        while (!File.Exists(Path.Combine(workspace.Output("out"), ".batchxai.lock")))
        {
            await Task.Delay(10, Ct);
        }

        var second = await BatchXaiProgram.RunAsync(Ct, workspace.Run("out", "--shard-size", "20", "--causal", "off"));
        AssertRefused(second, "Another batchxai works in");
        Assert.Equal(0, (await first.EndAsync(Ct)).ExitCode);
    }

    [Fact]
    public async Task Other_settings_on_the_same_output_are_refused_unless_fresh()
    {
        using var workspace = new PlantedWorkspace(images: 24);
        Assert.Equal(0, (await BatchXaiProgram.RunAsync(Ct, workspace.Run("out"))).ExitCode);
        AssertRefused(await BatchXaiProgram.RunAsync(Ct, workspace.Run("out", "--seed", "5")), "--fresh");
        Assert.Equal(0, (await BatchXaiProgram.RunAsync(Ct, workspace.Run("out", "--seed", "5", "--fresh"))).ExitCode);
    }

    [Fact]
    public async Task File_in_the_place_of_the_output_folder_is_refused()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        await File.WriteAllTextAsync(workspace.Output("out"), "a file", Ct);
        AssertRefused(await BatchXaiProgram.RunAsync(Ct, workspace.Run("out")), "is a file");
    }

    [Fact]
    public async Task Output_that_cannot_be_written_is_refused()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        AssertRefused(await BatchXaiProgram.RunAsync(Ct, [.. workspace.Run("unused")[..^1], "/proc/batchxai-out"]), "/proc/batchxai-out");
    }

    [Fact]
    public async Task Full_disk_ends_the_audit_with_one_clear_error_and_nothing_recorded_is_lost()
    {
        using var workspace = new PlantedWorkspace(images: 600);
        var small = workspace.Output("small");
        Directory.CreateDirectory(small);
        Assert.SkipUnless(Mount("-t", "tmpfs", "-o", "size=700k", "tmpfs", small), "no right to mount a small file system here");
        try
        {
            var (exitCode, output, errors) = await BatchXaiProgram.RunAsync(Ct, workspace.Run("small", "--shard-size", "50", "--causal", "off"));
            AssertRefused((exitCode, output, errors), "small");
            Assert.True(Mount("-o", "remount,size=100m", small));
            var again = await BatchXaiProgram.RunAsync(Ct, workspace.Run("small", "--shard-size", "50", "--causal", "off"));
            Assert.True(again.ExitCode == 0, again.Errors);
            Assert.Equal(600, (await AuditFolder.RowsAsync(small, Ct)).Select(row => row.Item).Distinct().Count());
        }
        finally
        {
            Process.Start("umount", [small]).WaitForExit();
        }
    }

    private static bool Mount(params string[] arguments)
    {
        try
        {
            using var mount = Process.Start(new ProcessStartInfo("mount", arguments) { RedirectStandardError = true })!;
            mount.WaitForExit();
            return mount.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static void AssertRefused((int ExitCode, string Output, string Errors) ended, string because)
    {
        Assert.Equal(3, ended.ExitCode);
        Assert.Contains(because, ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
    }
}
