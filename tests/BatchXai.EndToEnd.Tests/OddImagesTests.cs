using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Workspaces;
using BatchXai.Contracts.Results;
using BatchXai.Imaging;
using Xunit;

namespace BatchXai.EndToEnd.Tests;

public sealed class OddImagesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_item_ends_in_one_outcome_and_the_audit_goes_on()
    {
        using var workspace = new PlantedWorkspace(images: 30);
        var folder = Path.Combine(workspace.Images, "disc");
        var good = File.ReadAllBytes(Directory.GetFiles(folder)[0]);
        await WriteAsync("empty.png", []);
        await WriteAsync("truncated.png", good[..(good.Length / 2)]);
        await WriteAsync("text.jpg", "this is no image"u8.ToArray());
        await WriteAsync("huge.png", HugePng());
        await WriteAsync("gif.png", [.. "GIF89a"u8, .. new byte[100]]);
        string[] strange = ["with,comma.png", "with\"quote.png", "with\nnewline.png", "😀.png", "'single'.png", new string('x', 251) + ".png"];
        foreach (var name in strange)
        {
            await WriteAsync(name, good);
        }

        await WriteAsync("png-called.jpg", good);
        await WriteAsync("other-mask.png", good);
        await File.WriteAllBytesAsync(Path.Combine(workspace.Masks, "disc", "other-mask.png"), PngWriter.Grey(new byte[9 * 9], 9, 9), Ct);
        await WriteAsync("broken-mask.png", good);
        await File.WriteAllBytesAsync(Path.Combine(workspace.Masks, "disc", "broken-mask.png"), "no mask"u8.ToArray(), Ct);

        var (exitCode, _, errors) = await BatchXaiProgram.RunAsync(Ct, workspace.Run("out"));

        Assert.True(exitCode == 0, errors);
        var rows = await AuditFolder.RowsAsync(workspace.Output("out"), Ct);
        var outcomes = rows.GroupBy(row => row.ItemId).ToDictionary(item => item.Key, item => item.Select(row => row.Outcome).Distinct().Single());
        Assert.Equal(30 + 5 + strange.Length + 3, outcomes.Count);
        Assert.All(["empty.png", "truncated.png", "text.jpg", "huge.png", "gif.png"], name => Assert.Equal(ItemOutcome.Unreadable, outcomes[$"disc/{name}"]));
        Assert.All(strange, name => Assert.Equal(ItemOutcome.Explained, outcomes[$"disc/{name}"]));
        Assert.Equal(ItemOutcome.Explained, outcomes["disc/png-called.jpg"]);
        Assert.Equal(ItemOutcome.MaskInvalid, outcomes["disc/other-mask.png"]);
        Assert.Equal(ItemOutcome.MaskInvalid, outcomes["disc/broken-mask.png"]);
        Assert.Contains("9×9", rows.First(row => row.ItemId == "disc/other-mask.png").Detail, StringComparison.Ordinal);

        async Task WriteAsync(string name, byte[] bytes) => await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes, Ct);
    }

    /// <summary>A header that claims 50,000 × 50,000 pixels, with nothing behind it.</summary>
    private static byte[] HugePng()
    {
        byte[] header = [.. "IHDR"u8, 0, 0, 0xC3, 0x50, 0, 0, 0xC3, 0x50, 8, 2, 0, 0, 0];
        return [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', 0, 0, 0, 13, .. header, 0xC4, 0xCD, 0xAA, 0x9D, .. new byte[64]];
    }
}
