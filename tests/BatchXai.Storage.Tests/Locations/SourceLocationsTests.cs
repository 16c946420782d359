using BatchXai.Contracts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Locations;
using BatchXai.Storage.Tests.Blobs;
using Xunit;

namespace BatchXai.Storage.Tests.Locations;

public sealed class SourceLocationsTests : IDisposable
{
    private const string Account = "DefaultEndpointsProtocol=https;AccountName=mine;AccountKey=AAAA;EndpointSuffix=core.windows.net";

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData(" ", "it is empty")]
    [InlineData("data/cats", "a relative path")]
    [InlineData("./data", "a relative path")]
    [InlineData("{root}/../other", "a '..' segment")]
    [InlineData("{root}/a/../b", "a '..' segment")]
    [InlineData("{root}-2/a", "outside the folders")]
    [InlineData("/etc/passwd", "outside the folders")]
    [InlineData("/", "outside the folders")]
    [InlineData("{root}/a\0b", "may not have")]
    [InlineData("//server/share/a", "another machine")]
    [InlineData(@"\\server\share\a", "another machine")]
    [InlineData("file://server/share/a", "another machine")]
    [InlineData("file:///etc/passwd", "outside the folders")]
    [InlineData("file://{root}/%2e%2e/x", "a '..' segment")]
    [InlineData("file:/etc/passwd", "a relative path")]
    [InlineData("ftp://host/a", "of a kind that is not read")]
    [InlineData("s3://bucket/a", "of a kind that is not read")]
    [InlineData("data://a", "of a kind that is not read")]
    [InlineData("http://169.254.169.254/latest/meta-data", "outside the configured blob account")]
    [InlineData("http://mine.blob.core.windows.net/c/a", "outside the configured blob account")]
    [InlineData("https://other.blob.core.windows.net/c/a", "outside the configured blob account")]
    [InlineData("https://mine.blob.core.windows.net.evil.com/c/a", "outside the configured blob account")]
    [InlineData("https://mine.blob.core.windows.net@evil.com/c/a", "outside the configured blob account")]
    [InlineData("https://mine.blob.core.windows.net:444/c/a", "outside the configured blob account")]
    [InlineData("https://mine.blob.core.windows.net/c/a?sv=1&sig=x", "a query")]
    [InlineData("https://mine.blob.core.windows.net/data/a#b", "a query")]
    [InlineData("https://mine.blob.core.windows.net/data/%2e%2e/x", "a '..' segment")]
    [InlineData("https://mine.blob.core.windows.net/data/a%2fb", "percent-encoded slash")]
    [InlineData("azblob://", "no name of a container")]
    [InlineData("azblob://Data/a", "no name of a container")]
    [InlineData("azblob:///a", "no name of a container")]
    [InlineData("azblob://../a", "no name of a container")]
    [InlineData("azblob://user@data/a", "no name of a container")]
    [InlineData("azblob://data/../x", "a '..' segment")]
    [InlineData("azblob://data/a//b", "an empty or '.' segment")]
    [InlineData("azblob://data/a\0", "may not have")]
    public async Task Refusal_WhatAServerMustNotRead_SaysWhyEverywhere(string pattern, string reason)
    {
        var location = pattern.Replace("{root}", folder["root"], StringComparison.Ordinal);
        var locations = Server();

        Assert.Contains(reason, locations.Refusal(location), StringComparison.Ordinal);
        foreach (var call in new Func<object>[] { () => locations.Normalize(location), () => locations.Open(location), () => locations.Split(location), () => locations.Tree(location) })
        {
            var error = Assert.Throws<UserErrorException>(() => call());
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
            Assert.Contains($"Expected a path below {folder["root"]} or {folder["more"]} or azblob://container/path", error.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<UserErrorException>(() => locations.OpenFileAsync(location, Ct));
        await Assert.ThrowsAsync<UserErrorException>(() => locations.FindAsync(location, Ct));
    }

    [Theory]
    [InlineData("{root}", "{root}")]
    [InlineData("{root}/", "{root}")]
    [InlineData("{root}//a/./b", "{root}/a/b")]
    [InlineData("{more}/it's ü", "{more}/it's ü")]
    [InlineData("file://{root}/a%20b", "{root}/a b")]
    [InlineData("FILE://{root}/a", "{root}/a")]
    [InlineData("azblob://data", "azblob://data")]
    [InlineData("AZBLOB://data/", "azblob://data")]
    [InlineData("azblob://data/a b/%20#?.csv", "azblob://data/a b/%20#?.csv")]
    [InlineData("https://mine.blob.core.windows.net/data/a%20b/c", "azblob://data/a b/c")]
    [InlineData("HTTPS://Mine.blob.core.windows.net/data/", "azblob://data")]
    public void Normalize_EverySpelling_OneLocation(string pattern, string expected)
    {
        var locations = Server();

        var normal = locations.Normalize(Filled(pattern));

        Assert.Equal(Filled(expected), normal);
        Assert.Equal(normal, locations.Normalize(normal));
        Assert.Null(locations.Refusal(Filled(pattern)));
    }

    [Fact]
    public async Task Roots_LinksThatLeadOut_Refused()
    {
        folder.With("root/a", "outside/secret");
        Directory.CreateSymbolicLink(folder["root/link"], folder["outside"]);
        File.CreateSymbolicLink(folder["root/file"], folder["outside/secret"]);
        File.CreateSymbolicLink(folder["root/inside"], "a");
        var locations = Server();

        Assert.Contains("symbolic link", locations.Refusal(folder["root/link"]), StringComparison.Ordinal);
        Assert.Contains("symbolic link", locations.Refusal(folder["root/link/secret"]), StringComparison.Ordinal);
        Assert.Contains("symbolic link", locations.Refusal(folder["root/file"]), StringComparison.Ordinal);
        await using var inside = await locations.OpenFileAsync(folder["root/inside"], Ct);
        Assert.Equal(1, inside.Length);
    }

    [Fact]
    public async Task Find_Files_TellsWhatLiesThere()
    {
        folder.With("root/a/1");
        var locations = Server();

        Assert.Equal(LocationKind.Folder, await locations.FindAsync(folder["root"], Ct));
        Assert.Equal(LocationKind.Folder, await locations.FindAsync(folder["root/a/"], Ct));
        Assert.Equal(LocationKind.File, await locations.FindAsync(folder["root/a/1"], Ct));
        Assert.Equal(LocationKind.Nothing, await locations.FindAsync(folder["root/b"], Ct));
        Assert.Equal((folder["root/a"], "1"), locations.Split(folder["root/a/1"]));
        Assert.Equal("azblob://data/a", locations.ParentOf("azblob://data/a/b"));
        Assert.Equal("azblob://data", locations.ParentOf("azblob://data/a"));
        Assert.Throws<UserErrorException>(() => locations.ParentOf("azblob://data"));
        Assert.Equal((folder["root/a/1"], null), (locations.LocalPath(folder["root/a/1"]), locations.LocalPath("azblob://data/a")));
        await Assert.ThrowsAsync<FileNotFoundException>(() => locations.OpenFileAsync(folder["root/b"], Ct));
    }

    [Fact]
    public void Expected_SaysWhatThereCanBe()
    {
        Assert.Equal("a path", SourceLocations.Anywhere.Expected);
        Assert.Equal("azblob://container/path", new SourceLocations([], BlobAccount.Open(Account)).Expected);
        Assert.Equal("a path below /data", new SourceLocations(["/data/"], null).Expected);
        Assert.Contains("outside", new SourceLocations([], BlobAccount.Open(Account)).Refusal("/data/a"), StringComparison.Ordinal);
        Assert.Contains("no blob account", new SourceLocations(["/data"], null).Refusal("azblob://data/a"), StringComparison.Ordinal);
        Assert.Null(new SourceLocations(["/"], null).Refusal("/etc/hostname"));
    }

    [Fact]
    public async Task Anywhere_AnyLocalPath_AsItsOwnerWroteIt()
    {
        folder.With("outside/secret", "root/a");
        File.CreateSymbolicLink(folder["root/file"], folder["outside/secret"]);
        var locations = SourceLocations.Anywhere;

        Assert.Equal(Path.GetFullPath("x/y"), locations.Normalize("x/y/"));
        Assert.Equal(folder["outside"], locations.Normalize(folder["root/../outside"]));
        await using var file = await locations.OpenFileAsync(folder["root/file"], Ct);
        Assert.Equal(1, file.Length);
        Assert.NotNull(locations.Refusal("azblob://data/a"));
        Assert.NotNull(locations.Refusal("https://mine.blob.core.windows.net/data/a"));
    }

    [Fact]
    public async Task Blobs_FilesAndFolders_FoundAndRead()
    {
        await using var container = await TestContainer.MakeAsync(Ct);
        await container.Store().WriteAsync("a b/c/d.csv", [1, 2], Ct);
        await container.Store().WriteAsync("a b/c/empty", [], Ct);
        var locations = new SourceLocations([], container.Account);
        var root = $"azblob://{container.Name}";

        Assert.Equal(LocationKind.Folder, await locations.FindAsync(root, Ct));
        Assert.Equal(LocationKind.Folder, await locations.FindAsync($"{root}/a b/", Ct));
        Assert.Equal(LocationKind.File, await locations.FindAsync($"{root}/a b/c/d.csv", Ct));
        Assert.Equal(LocationKind.File, await locations.FindAsync($"{container.Account.Endpoint}/{container.Name}/a%20b/c/d.csv", Ct));
        Assert.Equal(LocationKind.Nothing, await locations.FindAsync($"{root}/a", Ct));
        Assert.Equal(LocationKind.Nothing, await locations.FindAsync("azblob://not-there/a", Ct));
        Assert.Equal([1, 2], await locations.Open($"{root}/a b").ReadAsync("c/d.csv", Ct));
        await using var file = await locations.OpenFileAsync($"{root}/a b/c/d.csv", Ct);
        Assert.Equal(2, file.Length);
        await Assert.ThrowsAsync<FileNotFoundException>(() => locations.OpenFileAsync($"{root}/x", Ct));
        await Assert.ThrowsAsync<FileNotFoundException>(() => locations.OpenFileAsync(root, Ct));
        Assert.Equal(locations.Normalize(container.Store("a b").LocationOf("c/d.csv")), $"{root}/a b/c/d.csv");
    }

    private SourceLocations Server() => new([folder["root"], folder["more"]], BlobAccount.Open(Account));

    private string Filled(string pattern) => pattern.Replace("{root}", folder["root"], StringComparison.Ordinal).Replace("{more}", folder["more"], StringComparison.Ordinal);
}
