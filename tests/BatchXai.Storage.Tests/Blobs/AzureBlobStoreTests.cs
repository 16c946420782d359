using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using BatchXai.Contracts;
using BatchXai.Storage.Blobs;
using Xunit;

namespace BatchXai.Storage.Tests.Blobs;

public sealed class AzureBlobStoreTests : BlobStoreContract
{
    private TestContainer? container;

    protected override IBlobStore Store => field ??= Container.Store("team/it's ü");

    private TestContainer Container => container ?? throw new InvalidOperationException("Not initialized.");

    public override async ValueTask InitializeAsync() => container = await TestContainer.MakeAsync(Ct);

    public override async ValueTask DisposeAsync()
    {
        if (container is not null)
        {
            await container.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    [Fact]
    public async Task Prefix_OtherFoldersOfTheContainer_DoNotExistForIt()
    {
        await Container.Store("b").WriteAsync("x", [1], Ct);
        await Container.Store("ab").WriteAsync("x", [2], Ct);
        var store = Container.Store("a");
        await store.WriteAsync("x", [3], Ct);

        Assert.Equal(["x"], await store.ListAsync("", Ct).ToListAsync(Ct));
        Assert.Equal([3], await store.ReadAsync("x", Ct));
        Assert.Equal(["a/x", "ab/x", "b/x"], await Container.Store().ListAsync("", Ct).ToListAsync(Ct));
        Assert.Equal($"azblob://{Container.Name}/a/x", store.LocationOf("x"));
        Assert.Equal($"azblob://{Container.Name}/a/x", Container.Store().LocationOf("a/x"));
        Assert.Throws<UserErrorException>(() => Container.Store("a/../b"));
    }

    [Fact]
    public async Task List_NamesThatAreNoAddresses_LeftOut()
    {
        await Store.WriteAsync("a/b", [1], Ct);
        await Container.Client.UploadBlobAsync("team/it's ü/c//d", new BinaryData([]), Ct);

        Assert.Equal(["a/b"], await ListAsync(""));
        await Store.DeleteAsync("a", Ct);
        Assert.Empty(await ListAsync(""));
    }

    [Fact]
    public async Task Link_ReadsThisBlobForAShortTime_NothingElse()
    {
        await Store.WriteAsync("a/r\"é.html", [1, 2], Ct);
        await Store.WriteAsync("a/other", [3], Ct);
        using var client = new HttpClient();

        var link = await Store.LinkAsync("a/r\"é.html", TimeSpan.FromMinutes(5), Ct);
        using var answer = await client.GetAsync(link, Ct);

        Assert.Equal([1, 2], await answer.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal("attachment; filename*=UTF-8''r%22%C3%A9.html", answer.Content.Headers.GetValues("Content-Disposition").Single());
        var query = link!.Query;
        Assert.Contains("sp=r&", query, StringComparison.Ordinal);
        Assert.Contains("sr=b&", query, StringComparison.Ordinal);
        using var content = new ByteArrayContent([9]) { Headers = { { "x-ms-blob-type", "BlockBlob" } } };
        using var put = await client.PutAsync(link, content, Ct);
        using var delete = await client.DeleteAsync(link, Ct);
        using var other = await client.GetAsync(new Uri(link.AbsoluteUri.Replace("r%22%C3%A9.html", "other", StringComparison.Ordinal)), Ct);
        Assert.All([put, delete, other], refused => Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.LinkAsync("a/other", TimeSpan.FromMinutes(16), Ct));
    }

    [Fact]
    public async Task Link_RealAccount_OnlyByHttps()
    {
        var store = BlobAccount.Open("DefaultEndpointsProtocol=https;AccountName=some;AccountKey=AAAA;EndpointSuffix=core.windows.net").Store("c");

        var link = await store.LinkAsync("a", TimeSpan.FromMinutes(15), Ct);

        Assert.StartsWith("https://some.blob.core.windows.net/c/a?", link!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains("spr=https&", link.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_AskedWithAToken_SignedByTheKeyOfTheIdentity()
    {
        // No local service hands out such keys over plain HTTP: this one answers as the documentation of Get User Delegation Key says.
        var asked = new List<HttpRequestMessage>();
        using var client = new HttpClient(new KeyService(asked));
        var service = new BlobServiceClient(new Uri("https://mine.blob.core.windows.net"), new FixedToken(), BlobAccount.Options(new HttpClientTransport(client)));

        var link = await new BlobAccount(service, token: true, TimeProvider.System).Store("c").LinkAsync("a/b", TimeSpan.FromMinutes(15), Ct);

        Assert.Equal("?restype=service&comp=userdelegationkey", Assert.Single(asked).RequestUri!.Query);
        Assert.StartsWith("https://mine.blob.core.windows.net/c/a/b?", link!.AbsoluteUri, StringComparison.Ordinal);
        Assert.All(["skoid=11111111-", "spr=https&", "sr=b&", "sp=r&", "sig="], part => Assert.Contains(part, link.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OpenRead_ReplacedBetweenTwoRequests_SaysSoInsteadOfMixing()
    {
        await Store.WriteAsync("a", new byte[9_000_000], Ct);
        await using var open = await Store.OpenReadAsync("a", Ct);
        await Store.WriteAsync("a", [.. Enumerable.Repeat((byte)1, 9_000_000)], Ct);

        var error = await Assert.ThrowsAsync<BlobsUnavailableException>(() => open.CopyToAsync(Stream.Null, Ct));

        Assert.Contains("was replaced", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCall_WrongKey_SaysWhoRefusedAndNotTheKey()
    {
        var key = Convert.ToBase64String("not the account's key"u8);
        var service = new BlobServiceClient(Container.Client.GetParentBlobServiceClient().Uri, new Azure.Storage.StorageSharedKeyCredential(Container.Client.AccountName, key), BlobAccount.Options());
        var store = new BlobAccount(service, token: false, TimeProvider.System).Store(Container.Name);

        foreach (var call in new Func<Task>[] { () => store.ReadAsync("a", Ct), () => store.WriteAsync("a", [1], Ct), () => store.ListAsync("", Ct).ToListAsync(Ct).AsTask() })
        {
            var error = await Assert.ThrowsAsync<UserErrorException>(call);
            Assert.Contains("403", error.Message, StringComparison.Ordinal);
            Assert.Contains("Storage Blob Data Contributor", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(key, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("AccountKey=c2VjcmV0")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=x;AccountKey=not base 64;EndpointSuffix=core.windows.net")]
    public void Open_NoConnectionString_SaysWhatIsExpectedAndNotTheSecret(string text)
    {
        var error = Assert.Throws<UserErrorException>(() => BlobAccount.Open(text));

        Assert.Contains("AccountName=…", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", error.Message, StringComparison.Ordinal);
    }

    private sealed class FixedToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }

    private sealed class KeyService(List<HttpRequestMessage> asked) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            asked.Add(request);
            const string Key = """
                <?xml version="1.0" encoding="utf-8"?>
                <UserDelegationKey><SignedOid>11111111-1111-1111-1111-111111111111</SignedOid><SignedTid>22222222-2222-2222-2222-222222222222</SignedTid>
                <SignedStart>2026-01-01T00:00:00Z</SignedStart><SignedExpiry>2026-01-02T00:00:00Z</SignedExpiry><SignedService>b</SignedService><SignedVersion>2025-05-05</SignedVersion><Value>c2VjcmV0</Value></UserDelegationKey>
                """;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Key, System.Text.Encoding.UTF8, "application/xml") });
        }
    }
}
