using BatchXai.Testing.Services;
using Microsoft.Playwright;

namespace BatchXai.Browser.Tests.Browsing;

/// <summary>The accessibility rules of axe-core.</summary>
public static class Axe
{
    private const string Ask = """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
          .filter(rule => rule.impact === 'serious' || rule.impact === 'critical')
          .map(rule => `${rule.id} (${rule.help}): ${rule.nodes.slice(0, 5).map(node => `${node.target.join(' ')}: ${node.failureSummary}`).join('; ')}`)
        """;

    /// <summary>What is serious or critical on the page, with the first elements that it concerns.</summary>
    public static async Task<string[]> SeriousAsync(IPage page, CancellationToken ct)
    {
        // Evaluated, not added to the page: the page's policy stays as it is.
        await page.EvaluateAsync(await File.ReadAllTextAsync(await FetchedProgram.PathAsync("axe", ct), ct));
        return await page.EvaluateAsync<string[]>(Ask);
    }
}
