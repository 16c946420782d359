using BatchXai.Testing;
using Xunit;

namespace BatchXai.Coordinator.Tests.Api;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Committed_document_describes_the_api()
    {
        await using var server = await ApiServer.StartAsync();
        var document = (await server.Client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken)).ReplaceLineEndings("\n") + "\n";
        var file = Path.Combine(Checkout.Root ?? throw new InvalidOperationException("no checkout above the tests"), "src", "BatchXai.Coordinator", "Api", "openapi.json");
        if (Environment.GetEnvironmentVariable("BATCHXAI_WRITE_TABLES") == "1")
        {
            await File.WriteAllTextAsync(file, document, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), document);
    }
}
