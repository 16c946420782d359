using System.Text.Json;
using System.Text.Json.Nodes;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Tests.Aggregate;
using Xunit;

namespace BatchXai.Coordinator.Tests.Report;

/// <summary>New members do not raise the schema's version: a report that was written before they were there is still read and shown.</summary>
public sealed class OlderReportTests
{
    private static readonly HashSet<string> Later =
    [
        "zoneComparisons", "verdict", "classVerdicts", "causal", "sanity", "meanMaps", "splitReading", "turnedAnswers", "clusters", "agreement", "gini", "corners",
    ];

    [Fact]
    public async Task Report_without_the_members_that_came_later_is_read_and_shown()
    {
        using var written = await WrittenReport.OfAsync([.. Enumerable.Range(0, 60).Select(i => Sample.Map(i, 0.8))]);
        var json = JsonNode.Parse(written.Text("report.json"))!;
        Assert.Equal(Later, Strip(json));
        var older = json.Deserialize<OverfittingReport>(ReportJson.Options)!;

        Assert.Equal(written.Report.SchemaVersion, older.SchemaVersion);
        Assert.Equal(written.Report.Methods[0].Focus[0], older.Methods[0].Focus[0]);
        Assert.Equal((null, null, null, null), (older.Verdict, older.Causal, older.Sanity, older.MeanMaps));
        Assert.Empty(older.ZoneComparisons);

        var page = new StringWriter();
        await ReportPage.WriteAsync(older, ReportPictures.None, page, TestContext.Current.CancellationToken);
        Assert.Contains("Focus κ", page.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Top left", page.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Takes the later members out, and says which were there.</summary>
    private static HashSet<string> Strip(JsonNode? node)
    {
        var found = new HashSet<string>();
        if (node is JsonObject members)
        {
            foreach (var name in Later.Where(members.Remove))
            {
                found.Add(name);
            }
        }

        var inside = node switch
        {
            JsonObject remaining => remaining.Select(member => member.Value),
            JsonArray entries => entries,
            _ => [],
        };
        foreach (var child in inside)
        {
            found.UnionWith(Strip(child));
        }

        return found;
    }
}
