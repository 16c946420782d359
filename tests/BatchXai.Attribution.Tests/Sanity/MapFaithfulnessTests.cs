using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Sanity;
using BatchXai.Attribution.Tests.Causal;
using TorchSharp;
using Xunit;

namespace BatchXai.Attribution.Tests.Sanity;

public class MapFaithfulnessTests
{
    [Fact]
    public void MapOfWhatTheModelReads_IsBetterThanRandom_AndItsOppositeIsWorse()
    {
        using var scope = torch.NewDisposeScope();
        using var model = OracleScene.Model(reliance: 0);
        var batch = OracleScene.Batch(model);
        var (mask, side) = (batch.Items.Masks.data<float>().ToArray(), (int)batch.Items.Masks.shape[2]);
        List<Heatmap> Maps(string name, Func<float, float> value) => [.. Enumerable.Range(0, OracleScene.Items).Select(item =>
            new Heatmap(item, name, "predicted", OracleScene.Label(item), side, side, [.. mask.Skip(item * side * side).Take(side * side).Select(value)]))];
        var steps = 0;

        var findings = MapFaithfulness.Run(
            model, batch.Items.Inputs, new Explanation(batch.Predictions, [.. Maps("right", value => value), .. Maps("wrong", value => 1 - value)]), seed: 1, () => steps++, TestContext.Current.CancellationToken);

        Assert.Equal(["right", "wrong", "random"], findings.Select(finding => finding.Method));
        Assert.Equal(3 * 2 * 9, steps);
        Assert.True(findings[0].Deletion < findings[2].Deletion && findings[2].Deletion < findings[1].Deletion);
        Assert.True(findings[0].Insertion > findings[2].Insertion && findings[2].Insertion > findings[1].Insertion);
        Assert.All(findings, finding => Assert.InRange(finding.Insertion, 0, 1));
    }

    [Fact]
    public void EdgeMap_IsWhereTheImageChanges()
    {
        float[] image = [.. Enumerable.Range(0, 64).Select(at => at % 8 < 4 ? 0f : 1f)];

        var edges = ControlMaps.Edges(image, 1, 8, 8, 8, 8);

        Assert.All(Enumerable.Range(0, 64), at => Assert.Equal(at % 8 is 3 or 4 ? 4 : 0, edges[at]));
        Assert.Equal(edges.Average(), ControlMaps.Edges(image, 1, 8, 8, 2, 2).Average(), 1e-6f);
        Assert.Equal(ControlMaps.Random(3, 4, 5), ControlMaps.Random(3, 4, 5));
    }
}
