using System.Text.Json;
using BatchXai.Cli.Commands;
using BatchXai.Testing;
using Xunit;

namespace BatchXai.Cli.Tests.Commands;

public sealed class CommandLineTests
{
    private readonly CapturedScreen screen = new();

    [Theory]
    [InlineData("run --modle x")]
    [InlineData("run --seed")]
    [InlineData("nonsense")]
    [InlineData("model inspect")]
    [InlineData("dataset")]
    public async Task Run_WrongArguments_Exit3WithHelpHint(string arguments)
    {
        Assert.Equal(ExitCode.Error, await screen.RunAsync(arguments.Split(' ')));
        Assert.Contains("error: ", screen.Errors, StringComparison.Ordinal);
        Assert.Contains("See: batchxai", screen.Errors, StringComparison.Ordinal);
        Assert.Empty(screen.Output);
    }

    [Fact]
    public async Task Run_Help_Exit0AndNamesEveryCommand()
    {
        Assert.Equal(ExitCode.Done, await screen.RunAsync("--help"));
        Assert.All(["run", "demo", "model", "dataset", "report"], command => Assert.Contains($"  {command} ", screen.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_NothingGiven_AsksForModelAndDataset()
    {
        Assert.Equal(ExitCode.Error, await screen.RunAsync("run"));
        Assert.Equal(
            "error: no model. Give --model FILE.onnx, or model.path in audit.yaml.\nerror: no dataset. Give --data FOLDER, or dataset.path in audit.yaml.\n",
            screen.Errors);
    }

    [Fact]
    public async Task Run_ProblemsInFileFlagsAndPaths_AreAllToldAtOnceWithoutStackTrace()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("audit.yaml", "sede: 1\nmodel:\n  path: gone.onnx\n");
        Assert.Equal(ExitCode.Error, await screen.RunAsync("run", file, "--data", folder.Path, "--methods", "magic", "--targets", "all"));
        Assert.Equal(4, screen.Errors.Split("error: ").Length - 1);
        Assert.Contains($"{file}:1: sede: unknown key. Did you mean 'seed'?", screen.Errors, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder.Path, "gone.onnx"), screen.Errors, StringComparison.Ordinal);
        Assert.Contains("'magic'", screen.Errors, StringComparison.Ordinal);
        Assert.Contains("--targets: 'all'", screen.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", screen.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Verbose_AddsTheStackTrace()
    {
        Assert.Equal(ExitCode.Error, await screen.RunAsync("run", "--verbose"));
        Assert.Contains("   at ", screen.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Cancelled_Exit130()
    {
        using var folder = new TemporaryFolder();
        folder.Write("cat/a.jpg");
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        Assert.Equal(ExitCode.Cancelled, await CommandLine.RunAsync(["dataset", "check", folder.Path], screen.Screen, stopped.Token));
        Assert.Contains("stopped", screen.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DatasetCheck_ClassFolders_CountsThemAsTextAndAsJson()
    {
        using var folder = new TemporaryFolder();
        folder.Write("images/cat/a.jpg");
        folder.Write("images/cat/b.png");
        folder.Write("images/do[g]/c.jpg");
        folder.Write("masks/cat/a.png");
        string[] arguments = ["dataset", "check", Path.Combine(folder.Path, "images"), "--masks", Path.Combine(folder.Path, "masks")];
        Assert.Equal(ExitCode.Done, await screen.RunAsync(arguments));
        Assert.Contains("3 items (class folders), 1 with masks", screen.Output, StringComparison.Ordinal);
        Assert.Contains("do[g]", screen.Output, StringComparison.Ordinal);

        var json = new CapturedScreen();
        Assert.Equal(ExitCode.Done, await json.RunAsync([.. arguments, "--json"]));
        Assert.Equal(3, JsonDocument.Parse(json.Output).RootElement.GetProperty("items").GetInt64());
    }

    [Fact]
    public async Task ModelInspect_NotOnnx_Exit3NamesTheFile()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("model.onnx", "<html>not a model</html>");
        Assert.Equal(ExitCode.Error, await screen.RunAsync("model", "inspect", file));
        Assert.StartsWith($"error: {file}: ", screen.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelInspect_NoSuchFile_Exit3()
    {
        Assert.Equal(ExitCode.Error, await screen.RunAsync("model", "inspect", "/nowhere/m.onnx"));
        Assert.Equal("error: /nowhere/m.onnx: no such file. Expected an ONNX model.\n", screen.Errors);
    }

    [Fact]
    public async Task ModelInspect_MobileNet_TellsLayerHeadAndMethods()
    {
        Assert.Equal(ExitCode.Done, await screen.RunAsync("model", "inspect", SharedData.PathOrSkip("models/mobilenet_v2_1.0_224.onnx"), "--json"));
        var root = JsonDocument.Parse(screen.Output).RootElement;
        Assert.Equal(1280, root.GetProperty("description").GetProperty("layer").GetProperty("channels").GetInt32());
        Assert.True(root.GetProperty("description").GetProperty("linearHead").GetBoolean());
        Assert.Equal(["cam", "gradcam", "saliency"], root.GetProperty("methods").EnumerateArray().Select(method => method.GetString()!));
    }

    [Fact]
    public async Task Report_FolderWithoutAudit_Exit3()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(ExitCode.Error, await screen.RunAsync("report", folder.Path));
        Assert.StartsWith("error: ", screen.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_FolderWithOtherFiles_IsRefusedAndLeftAlone()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("thesis.txt", "precious");
        Assert.Equal(ExitCode.Error, await screen.RunAsync("demo", "--out", folder.Path));
        Assert.Contains("was not made by the demo", screen.Errors, StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFileSystemEntries(folder.Path));
    }
}
