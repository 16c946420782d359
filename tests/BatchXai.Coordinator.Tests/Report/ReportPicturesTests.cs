using System.Text.Json;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Tests.Aggregate;
using Xunit;

namespace BatchXai.Coordinator.Tests.Report;

public sealed class ReportPicturesTests
{
    [Fact]
    public async Task Every_picture_in_the_json_is_named_whatever_it_stands_in()
    {
        var report = await Sample.BuildAsync([.. Enumerable.Range(0, 40).Select(i => Sample.Map(i, 0.8))]);
        report = report with
        {
            Listed = [report.Listed[0] with { Picture = "evidence/item-0.png" }, report.Listed[1] with { Picture = null }],
            TurnedAnswers = new() { Judged = 40, Turned = 1, Shown = [Pictured.Of(5)] },
            Clusters = Clusters(Cluster("evidence/item-0.png"), Cluster("evidence/item-9.png"), Cluster(null)),
        };
        var written = Pictures(JsonSerializer.SerializeToElement(report, ReportJson.Options)).Distinct().Order().ToList();

        Assert.Equal(["evidence/000000005-as_is.jpg", "evidence/000000005-mixed_rand.jpg", "evidence/item-0.png", "evidence/item-9.png"], written);
        Assert.Equal(written, ReportPictures.NamedIn(report).Order());
    }

    private static IEnumerable<string> Pictures(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Pictures),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member is { Name: "picture", Value.ValueKind: JsonValueKind.String } ? [member.Value.GetString()!] : Pictures(member.Value)),
        _ => [],
    };

    private static MapClusters Clusters(params MapCluster[] clusters) => new()
    {
        Method = "gradcam",
        Target = "predicted",
        Height = 1,
        Width = 1,
        Looked = 1,
        OneGroup = 0,
        Unstable = 0,
        TooFew = 0,
        LeftOut = 0,
        More = 0,
        Classes = [new() { Class = "cat", Maps = 40, Stability = 1, Eigenvalues = [], Clusters = clusters }],
    };

    private static MapCluster Cluster(string? picture) => new()
    {
        Maps = 20,
        Share = .5,
        Shares = [1],
        Medoid = Sample.Map(9, 0.8),
        Picture = picture,
        Accuracy = new(0, 0, null, null, null),
        Focus = [],
        Causal = [],
        StandsOut = false,
    };
}
