using System.Text.Json;
using System.Text.RegularExpressions;
using BatchXai.Testing;
using Xunit;

namespace BatchXai.Coordinator.Tests.Api;

public sealed partial class OpenApiTests
{
    private static readonly string Folder = Path.Combine(Checkout.Root ?? throw new InvalidOperationException("no checkout above the tests"), "src", "BatchXai.Coordinator", "Api");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>With BATCHXAI_WRITE_TABLES=1 it is written instead.</summary>
    [Fact]
    public async Task Committed_document_describes_the_api()
    {
        await using var server = await ApiServer.StartAsync();
        var document = (await server.Client.GetStringAsync("/openapi/v1.json", Ct)).ReplaceLineEndings("\n") + "\n";
        var file = Path.Combine(Folder, "openapi.json");
        if (Environment.GetEnvironmentVariable("BATCHXAI_WRITE_TABLES") == "1")
        {
            await File.WriteAllTextAsync(file, document, Ct);
        }

        Assert.Equal(await File.ReadAllTextAsync(file, Ct), document);
    }

    [Fact]
    public async Task Readme_names_every_request()
    {
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "openapi.json"), Ct));
        var readme = await File.ReadAllTextAsync(Path.Combine(Folder, "README.md"), Ct);
        var requests = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"`{operation.Name.ToUpperInvariant()} {path.Name}`")).ToList();
        Assert.All(requests, request => Assert.Contains(request, readme, StringComparison.Ordinal));
        Assert.Equal(requests.Count, Request().Count(readme));
    }

    [GeneratedRegex("`(GET|HEAD|POST|DELETE) /api/")]
    private static partial Regex Request();
}
