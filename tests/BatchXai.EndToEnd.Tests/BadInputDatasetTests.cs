using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Workspaces;
using BatchXai.Contracts.Results;
using Xunit;

namespace BatchXai.EndToEnd.Tests;

public sealed class BadInputDatasetTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Missing_folder_is_named_with_its_field()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        var missing = Path.Combine(workspace.Root, "nowhere");
        await Refusal.OneAsync(workspace.Run("out").With("--data", missing), "dataset.path", missing, "is not a file or folder", "nothing is there", "Check the location");
    }

    [Fact]
    public async Task Empty_folder_is_told_what_was_looked_for()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        var empty = Directory.CreateDirectory(Path.Combine(workspace.Root, "empty")).FullName;
        await Refusal.OneAsync(workspace.Run("out").With("--data", empty), empty, "has no images", "'class/image'", "png");
    }

    [Fact]
    public async Task Masks_of_other_images_are_refused()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        var others = Directory.CreateDirectory(Path.Combine(workspace.Root, "others")).FullName;
        await File.WriteAllTextAsync(Path.Combine(others, "else.png"), "", Ct);
        await Refusal.OneAsync(workspace.Run("out").With("--masks", others), others, "None of the 6 items has a mask", "'cat/1.png' for 'cat/1.jpg'");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Labels_file_with_another_number_of_lines_names_both_numbers(int more)
    {
        using var workspace = new PlantedWorkspace(images: 6);
        var classes = Directory.GetDirectories(workspace.Images).Length;
        var labels = await WriteAsync(workspace, "labels.txt", Enumerable.Range(0, classes + more).Select(i => $"name{i}"));
        await Refusal.OneAsync(workspace.Run("out", "--labels", labels), "model.labels", labels, $"names {classes + more} outputs", $"the model has {classes}", "one name a line");
    }

    [Fact]
    public async Task Class_map_of_other_classes_maps_nothing()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        var map = await WriteAsync(workspace, "map.csv", ["class,outputs", "zebra,0", "okapi,1"]);
        await Refusal.OneAsync(workspace.Run("out", "--class-map", map), "maps to a model output", "are not in the class map", "disc", "Add a line for each");
    }

    [Fact]
    public async Task Class_map_beyond_the_outputs_names_every_line()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        var map = await WriteAsync(workspace, "map.csv", ["class,outputs", "disc,0 77", "bar,1", "ring,99"]);
        await Refusal.OfAsync(2, workspace.Run("out", "--class-map", map), $"{map}:2: class 'disc': output 77 does not exist", $"{map}:4: class 'ring': output 99 does not exist", "the model has");
    }

    [Fact]
    public async Task Manifest_with_an_image_twice_names_both_lines()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        var images = Directory.GetFiles(workspace.Images, "*.png", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(workspace.Images, file)).Order(StringComparer.Ordinal).ToList();
        var manifest = Path.Combine(workspace.Images, "manifest.csv");
        await File.WriteAllLinesAsync(manifest, ["path,label", .. images.Append(images[1]).Select(path => $"{path},{Path.GetDirectoryName(path)}")], Ct);
        await Refusal.OneAsync(workspace.Run("out").With("--data", manifest), "Line 8 of the manifest", $"'{images[1]}'", "line 3 has already", "Keep one line an image");
    }

    [Fact]
    public async Task Manifest_with_many_faults_names_every_line()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        var manifest = Path.Combine(workspace.Images, "manifest.csv");
        await File.WriteAllLinesAsync(manifest, ["path,label", "../../secret.png,disc", ",disc", "https://example.org/a.png,disc", "one,two,three"], Ct);
        await Refusal.OfAsync(4, workspace.Run("out").With("--data", manifest), $"{manifest}:2: path '../../secret.png' is refused", $"{manifest}:3: there is no path", $"{manifest}:4: path 'https://example.org/a.png' is a URL", $"{manifest}:5");
    }

    [Fact]
    public async Task Missing_masks_are_a_warning_and_counted_in_the_report()
    {
        using var workspace = new PlantedWorkspace(images: 30);
        foreach (var mask in Directory.GetFiles(workspace.Masks, "*.png", SearchOption.AllDirectories).Take(5))
        {
            File.Delete(mask);
        }

        var (exitCode, output, errors) = await BatchXaiProgram.RunAsync(Ct, workspace.Run("out"));

        Assert.True(exitCode == 0, errors);
        Assert.Contains("warning: 5 items have no mask", errors, StringComparison.Ordinal);
        Assert.Contains("30 explained", output, StringComparison.Ordinal);
        var report = await AuditFolder.ReportAsync(workspace.Output("out"), Ct);
        Assert.Equal(30, report.Outcomes[ItemOutcome.Explained]);
        Assert.Contains(report.Warnings, warning => warning.StartsWith("5 items have no mask", StringComparison.Ordinal));
        Assert.All(report.Methods, method => Assert.Equal(5, method.Masks[MaskStatus.NoMask]));
        Assert.All(report.Methods, method => Assert.Equal(25, method.Masks.Where(masks => masks.Key != MaskStatus.NoMask).Sum(masks => masks.Value)));
    }

    private static async Task<string> WriteAsync(PlantedWorkspace workspace, string name, IEnumerable<string> lines)
    {
        var file = Path.Combine(workspace.Root, name);
        await File.WriteAllLinesAsync(file, lines, Ct);
        return file;
    }
}
