using BatchXai.Contracts;
using BatchXai.Storage.Blobs;
using Xunit;

namespace BatchXai.Storage.Tests.Blobs;

public sealed class FolderBlobStoreTests : BlobStoreContract
{
    private readonly TemporaryFolder folder = new();

    protected override IBlobStore Store => new FolderBlobStore(folder["root"]);

    public override ValueTask DisposeAsync()
    {
        folder.Dispose();
        return base.DisposeAsync();
    }

    [Fact]
    public async Task Link_Never_AndTheLocationIsAPath()
    {
        Assert.Null(await Store.LinkAsync("a/b", TimeSpan.FromMinutes(1), Ct));
        Assert.Equal(folder["root/a/b"], Store.LocationOf("a/b"));
    }

    [Fact]
    public async Task AnyCall_FileLinkOut_Refused()
    {
        folder.Add("secret", "s");
        folder.Add("root/a");
        File.CreateSymbolicLink(folder["root/link"], folder["secret"]);

        await AssertRefusedAsync("link");
        Assert.Equal("s", await File.ReadAllTextAsync(folder["secret"], Ct));
    }

    [Fact]
    public async Task AnyCall_ThroughFolderLinkOut_Refused()
    {
        folder.Add("outside/secret", "s");
        folder.Add("root/deep/a");
        Directory.CreateSymbolicLink(folder["root/deep/link"], "../../outside");

        await AssertRefusedAsync("deep/link/secret");
        await AssertRefusedAsync("deep/link/new");
        Assert.Equal(["deep/a"], await ListAsync(""));
    }

    [Fact]
    public async Task AnyCall_LinkToSiblingWithTheSameBeginning_Refused()
    {
        folder.Add("root-2/secret");
        folder.Add("root/a");
        File.CreateSymbolicLink(folder["root/link"], folder["root-2/secret"]);

        await AssertRefusedAsync("link");
    }

    [Fact]
    public async Task AnyCall_LinkInACircle_Refused()
    {
        folder.Add("root/a");
        File.CreateSymbolicLink(folder["root/x"], folder["root/y"]);
        File.CreateSymbolicLink(folder["root/y"], folder["root/x"]);

        await AssertRefusedAsync("x");
    }

    [Fact]
    public async Task OpenRead_LinkInside_Followed()
    {
        folder.Add("root/a/1", "one");
        File.CreateSymbolicLink(folder["root/b"], folder["root/a/1"]);
        Directory.CreateSymbolicLink(folder["root/c"], "a");

        Assert.Equal("one"u8.ToArray(), await Store.ReadAsync("b", Ct));
        Assert.Equal("one"u8.ToArray(), await Store.ReadAsync("c/1", Ct));
    }

    [Fact]
    public async Task OpenRead_RootItselfALink_Works()
    {
        folder.Add("real/a", "one");
        Directory.CreateSymbolicLink(folder["root"], folder["real"]);

        Assert.Equal("one"u8.ToArray(), await Store.ReadAsync("a", Ct));
    }

    [Fact]
    public async Task Delete_LinkOut_DeletesTheLinkOnly()
    {
        folder.Add("outside/secret");
        folder.Add("root/x/a");
        Directory.CreateSymbolicLink(folder["root/x/link"], folder["outside"]);

        await Store.DeleteAsync("x", Ct);

        Assert.True(File.Exists(folder["outside/secret"]));
        Assert.False(Directory.Exists(folder["root/x"]));
    }

    [Fact]
    public async Task Write_RootIsAFile_SaysFolderAndCause()
    {
        folder.Add("root");

        var error = await Assert.ThrowsAsync<UserErrorException>(() => Store.WriteAsync("a/b", [1], Ct));

        Assert.Contains(folder["root"], error.Message, StringComparison.Ordinal);
        Assert.Contains("a/b", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_ReadOnlyFolder_SaysFolderAndCause()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs Unix modes and /sys");
        var root = Directory.CreateDirectory(folder["closed"]).FullName;
        if (Environment.IsPrivilegedProcess)
        {
            root = "/sys/kernel"; // Modes do not hold back a privileged process; the kernel's own file systems do.
        }
        else if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(root, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var error = await Assert.ThrowsAsync<UserErrorException>(() => new FolderBlobStore(root).WriteAsync("a", [1], Ct));

        Assert.Contains(root, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenRead_Device_GivesNothingInsteadOfWaiting()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /dev/zero");

        Assert.Empty(await new FolderBlobStore("/dev").ReadAsync("zero", Ct));
    }

    private async Task AssertRefusedAsync(string address)
    {
        var error = await Assert.ThrowsAsync<UserErrorException>(() => Store.OpenReadAsync(address, Ct));
        Assert.Contains("symbolic link", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<UserErrorException>(() => Store.WriteAsync(address, [1], Ct));
        await Assert.ThrowsAsync<UserErrorException>(() => Store.ExistsAsync(address, Ct));
    }
}
