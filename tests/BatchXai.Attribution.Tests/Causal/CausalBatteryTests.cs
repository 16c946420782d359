using BatchXai.Attribution.Causal;
using BatchXai.Attribution.Models;
using TorchSharp;
using Xunit;

namespace BatchXai.Attribution.Tests.Causal;

public class CausalBatteryTests
{
    [Fact]
    public void ModelThatReadsTheObject_IsMovedByNothingButItsRemoval()
    {
        using var scope = torch.NewDisposeScope();
        using var model = OracleScene.Model(reliance: 0);

        var outcomes = OracleScene.Run(model, OracleScene.Batch(model));

        Assert.All(outcomes.Where(outcome => outcome.Test != CausalTest.ObjectRemoved), outcome => Assert.True(outcome is { Correct: true, Flipped: false }));
        // Nothing is left to read: all items look alike.
        Assert.All(Of(outcomes, CausalTest.ObjectRemoved), outcome => Assert.Equal(.5, outcome.Probability!.Value, 1e-5));
    }

    [Fact]
    public void ModelThatReadsTheBackground_FollowsIt()
    {
        using var scope = torch.NewDisposeScope();
        using var model = OracleScene.Model(reliance: 1);

        var outcomes = OracleScene.Run(model, OracleScene.Batch(model));

        Assert.All(Of(outcomes, CausalTest.Placebo), outcome => Assert.True(outcome is { Correct: true, Flipped: false }));
        Assert.All(Of(outcomes, CausalTest.MixedSame), outcome => Assert.True(outcome is { Correct: true, Flipped: false }));
        Assert.All(Of(outcomes, CausalTest.MixedRand), outcome => Assert.True(outcome is { Correct: false, Flipped: true }));
        Assert.All(Of(outcomes, CausalTest.ObjectRemoved), outcome => Assert.True(outcome is { Correct: true, Flipped: false }));
        Assert.All(Of(outcomes, CausalTest.BackgroundBlurred), outcome => Assert.True(outcome is { Correct: true, Flipped: false }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(.1)]
    [InlineData(.3)]
    [InlineData(.5)]
    [InlineData(1)]
    public void Probabilities_OfAModelThatReadsBoth_MatchTheirClosedForm(double reliance)
    {
        using var scope = torch.NewDisposeScope();
        using var model = OracleScene.Model(reliance);

        var outcomes = OracleScene.Run(model, OracleScene.Batch(model));

        AssertProbability(CausalTest.Placebo, (1 - reliance) * OracleScene.PastedObject + reliance * (OracleScene.Around + OracleScene.PastedRim));
        AssertProbability(CausalTest.MixedSame, (1 - reliance) * OracleScene.PastedObject + reliance * (OracleScene.Around + OracleScene.PastedRim));
        AssertProbability(CausalTest.MixedRand, (1 - reliance) * OracleScene.PastedObject + reliance * (OracleScene.PastedRim - OracleScene.Around));
        AssertProbability(CausalTest.ObjectRemoved, reliance);
        AssertProbability(CausalTest.BackgroundBlurred, (1 - reliance) * OracleScene.PastedObject + reliance * (OracleScene.Around + OracleScene.PastedRim));

        void AssertProbability(CausalTest test, double evidence) => Assert.All(
            Of(outcomes, test), outcome => Assert.Equal(1 / (1 + Math.Exp(-2 * OracleScene.Gain * evidence)), outcome.Probability!.Value, 1e-4));
    }

    [Fact]
    public void EveryItem_HasOneOutcomeATestAndFill_AndOneForwardPassEach()
    {
        using var scope = torch.NewDisposeScope();
        using var model = OracleScene.Model(.3);
        var passes = 0;

        var outcomes = CausalBattery.Run(model, OracleScene.Batch(model), images => passes += images, TestContext.Current.CancellationToken);

        Assert.Equal(OracleScene.Items * 5 * 2, outcomes.Select(outcome => (outcome.Item, outcome.Test, outcome.Fill)).Distinct().Count());
        Assert.Equal(outcomes.Count, passes);
    }

    [Fact]
    public void Composites_AreWhatTheModelSaw()
    {
        using var scope = torch.NewDisposeScope();
        using var model = OracleScene.Model(.3);
        var batch = OracleScene.Batch(model) with { SameDonor = [null, 3, 4, 5, 6, 7, 0, 1] };

        foreach (var fill in Enum.GetValues<FillStyle>())
        {
            var outcomes = OracleScene.Run(model, batch).Where(outcome => outcome.Fill == fill).ToList();
            var composites = CausalBattery.Compose(model, batch, fill);
            Assert.Equal(outcomes.Select(outcome => (outcome.Item, outcome.Test)), composites.Select(composite => (composite.Item, composite.Test)));
            using var images = torch.stack([.. composites.Select(composite => torch.tensor(composite.Input, [3, 32, 32]))]);
            Assert.All(
                outcomes.Zip(model.Predict(images, [.. composites.Select(composite => batch.LabelOutputs[composite.Item])])),
                pair => Assert.Equal(pair.First.Probability!.Value, pair.Second.LabelProbability!.Value, 1e-6));
        }
    }

    [Fact]
    public void ItemWithoutADonor_HasNoOutcomeOfThatTest()
    {
        using var scope = torch.NewDisposeScope();
        using var model = OracleScene.Model(.3);
        var batch = OracleScene.Batch(model);

        var outcomes = OracleScene.Run(model, batch with { Donors = null, SameDonor = new int?[OracleScene.Items], RandDonor = new int?[OracleScene.Items] });
        var one = OracleScene.Run(model, batch with { SameDonor = [.. batch.SameDonor.Select((donor, item) => item == 5 ? donor : null)] });

        Assert.DoesNotContain(outcomes, outcome => outcome.Test is CausalTest.MixedSame or CausalTest.MixedRand);
        Assert.Equal([5, 5], Of(one, CausalTest.MixedSame).Select(outcome => outcome.Item));
    }

    [Fact]
    public void AnotherOutputOfTheSameLabel_IsNoFlip()
    {
        using var scope = torch.NewDisposeScope();
        using var model = OracleScene.Model(reliance: 1);
        var batch = OracleScene.Batch(model);

        var outcomes = OracleScene.Run(model, batch with { LabelOutputs = [.. batch.LabelOutputs.Select((outputs, item) => item == 0 ? [0, 1] : outputs)] });

        Assert.All(Of(outcomes, CausalTest.MixedRand), outcome => Assert.Equal((1 - OracleScene.Label(outcome.Item), outcome.Item == 0, outcome.Item != 0), (outcome.Predicted!.Value, outcome.Correct!.Value, outcome.Flipped!.Value)));
    }

    [Fact]
    public void UnlabelledItem_IsFollowedByTheClassPredictedBefore()
    {
        using var scope = torch.NewDisposeScope();
        using var model = OracleScene.Model(reliance: 1);

        var labelled = OracleScene.Run(model, OracleScene.Batch(model));
        var unlabelled = OracleScene.Run(model, OracleScene.Batch(model, labelled: false));

        Assert.All(unlabelled, outcome => Assert.Null(outcome.Correct));
        Assert.Equal(labelled.Select(outcome => (outcome.Probability, outcome.Flipped)), unlabelled.Select(outcome => (outcome.Probability, outcome.Flipped)));
    }

    [Fact]
    public void Outcome_OfAnItemAlone_IsThatInABatch()
    {
        using var scope = torch.NewDisposeScope();
        using var model = NoisyModel();
        var images = new CausalImages(Pictures.Noise(5, 3, 32, 32), Pictures.Of(5, 1, 32, 32, (item, _, y, x) => y > .1 * item && y < .7 && x is > .3 and < .8 ? 1 : 0), null);
        var batch = new CausalBatch
        {
            Items = images,
            Predictions = model.Predict(images.Inputs, []),
            LabelOutputs = [[0], [1], [2], null, [0, 2]],
            Donors = images,
            SameDonor = [1, 2, 3, 4, 0],
            RandDonor = [2, 3, 4, 0, 1],
        };

        var together = OracleScene.Run(model, batch);

        for (var item = 0; item < 5; item++)
        {
            using var one = torch.NewDisposeScope();
            CausalImages Row(int row) => new(images.Inputs.narrow(0, row, 1), images.Masks.narrow(0, row, 1), null);
            var donors = new CausalImages(
                torch.cat([Row(batch.SameDonor[item]!.Value).Inputs, Row(batch.RandDonor[item]!.Value).Inputs]), torch.cat([Row(batch.SameDonor[item]!.Value).Masks, Row(batch.RandDonor[item]!.Value).Masks]), null);
            var alone = OracleScene.Run(model, new CausalBatch
            {
                Items = Row(item), Predictions = [batch.Predictions[item]], LabelOutputs = [batch.LabelOutputs[item]], Donors = donors, SameDonor = [0], RandDonor = [1],
            });
            var expected = together.Where(outcome => outcome.Item == item).ToList();
            Assert.Equal(expected.Select(outcome => (outcome.Test, outcome.Fill, outcome.Predicted)), alone.Select(outcome => (outcome.Test, outcome.Fill, outcome.Predicted)));
            Assert.All(expected.Zip(alone), pair => Assert.Equal(pair.First.Probability!.Value, pair.Second.Probability!.Value, 1e-4));
        }
    }

    [Fact]
    public async Task CancelledRun_Stops()
    {
        using var scope = torch.NewDisposeScope();
        using var model = OracleScene.Model(.3);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        Assert.Throws<OperationCanceledException>(() => CausalBattery.Run(model, OracleScene.Batch(model), _ => { }, stop.Token));
    }

    private static IEnumerable<CausalOutcome> Of(IEnumerable<CausalOutcome> outcomes, CausalTest test) => outcomes.Where(outcome => outcome.Test == test);

    private static Classifier NoisyModel()
    {
        using var random = new torch.Generator(3);
        var net = new TinyNet(null, 3, 32, 32)
            .Weight("K", [6, 3, 3, 3], [.. torch.randn([162], generator: random).data<float>()])
            .Weight("W", [6, 3], [.. torch.randn([18], generator: random).data<float>()])
            .Weight("b", [3], 0, .1f, 0)
            .Node("Conv", "x K", "conv")
            .Node("Relu", "conv", "act")
            .Node("GlobalAveragePool", "act", "pool")
            .Node("Flatten", "pool", "flat")
            .Node("Gemm", "flat W b", "scores");
        return Classifier.Load(net.Build(), new ClassifierOptions());
    }
}
