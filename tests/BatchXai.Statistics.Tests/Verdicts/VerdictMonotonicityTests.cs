using BatchXai.Statistics.Verdicts;
using Xunit;
using static BatchXai.Statistics.Tests.Verdicts.Samples;

namespace BatchXai.Statistics.Tests.Verdicts;

/// <summary>More evidence for the background never makes a verdict milder. Random evidence, seeded.</summary>
public sealed class VerdictMonotonicityTests
{
    private const int Rounds = 20_000;

    private static readonly VerdictThresholds Defaults = new();

    [Fact]
    public void Judge_CausalFigureRaised_IsNoMilder() => AssertNoMilder((evidence, random) =>
    {
        var fills = evidence.Causal.Fills.ToArray();
        if (fills.Length == 0)
        {
            return evidence;
        }

        var place = random.NextBelow(fills.Length);
        var (fill, shift) = (fills[place], 0.4 * random.NextUniform());
        fills[place] = random.NextBelow(3) switch
        {
            0 => fill with { BackgroundGap = fill.BackgroundGap?.Plus(shift) },
            1 => fill with { NetFlipRate = fill.NetFlipRate?.Plus(shift) },
            _ => fill with { NoObjectExcess = fill.NoObjectExcess?.Plus(shift) },
        };
        return evidence with { Causal = evidence.Causal with { Fills = fills } };
    });

    [Fact]
    public void Judge_FocusLowered_IsNoMilder() => AssertNoMilder((evidence, random) =>
        evidence with { Focus = evidence.Focus?.Plus(-random.NextUniform()) });

    [Fact]
    public void Judge_ClassFlagged_IsNoMilder() => AssertNoMilder((evidence, _) => evidence with { Flag = Flag(true) });

    [Fact]
    public void Judge_LimitsTightened_IsNoMilder()
    {
        var random = new SplitMix64(99);
        for (var round = 0; round < Rounds; round++)
        {
            var evidence = Random(random);
            var tight = Defaults with
            {
                BackgroundGap = 0.1 * random.NextUniform(),
                NetFlipRate = 0.2 * random.NextUniform(),
                NoObjectExcess = 0.15 * random.NextUniform(),
                FocusFloor = 0.3 * random.NextUniform(),
            };

            Assert.True(VerdictRule.Judge(evidence, tight).State >= VerdictRule.Judge(evidence, Defaults).State);
        }
    }

    [Fact]
    public void Judge_ClassMadeWorse_IsNoMilderOverall()
    {
        var random = new SplitMix64(98);
        for (var round = 0; round < Rounds; round++)
        {
            var (evidence, one) = (Random(random), VerdictRule.Judge(Random(random), Defaults));
            var before = VerdictRule.Judge(evidence, [one], Defaults).State;

            foreach (var worse in Enum.GetValues<VerdictState>().Where(state => state > one.State))
            {
                Assert.True(VerdictRule.Judge(evidence, [one with { State = worse }], Defaults).State >= before);
            }
        }
    }

    [Fact]
    public void Judge_RandomEvidence_ReachesEveryState()
    {
        var random = new SplitMix64(97);
        var states = Enumerable.Range(0, Rounds).Select(_ => VerdictRule.Judge(Random(random), Defaults).State).ToLookup(state => state);

        Assert.All(Enum.GetValues<VerdictState>(), state => Assert.InRange(states[state].Count(), Rounds / 50, Rounds));
    }

    [Fact]
    public void Judge_Always_FailsOnlyByCausalTestsWithTwoFills()
    {
        var random = new SplitMix64(96);
        for (var round = 0; round < Rounds; round++)
        {
            var evidence = Random(random);
            var verdict = VerdictRule.Judge(evidence, Defaults);

            Assert.NotEmpty(verdict.Reasons);
            Assert.False(verdict.State == VerdictState.Fail && (evidence.Causal.Mode == CausalMode.Off || evidence.Causal.Fills.Count < 2));
        }
    }

    private static void AssertNoMilder(Func<VerdictEvidence, SplitMix64, VerdictEvidence> more)
    {
        var random = new SplitMix64(100);
        for (var round = 0; round < Rounds; round++)
        {
            var evidence = Random(random);
            var stronger = more(evidence, random);

            Assert.True(VerdictRule.Judge(stronger, Defaults).State >= VerdictRule.Judge(evidence, Defaults).State, $"{evidence} against {stronger}");
        }
    }

    private static VerdictEvidence Random(SplitMix64 random)
    {
        double Uniform(double low, double high) => low + ((high - low) * random.NextUniform());
        Estimate Figure() => Around(Uniform(-0.1, 0.3), Uniform(0.005, 0.08), random.NextBelow(10) == 0 ? 30 : 300);
        FillEvidence Style(string name) => Fill(name, Figure(), Figure(), Figure(), Around(Uniform(0, 0.3)));
        var mode = (CausalMode)random.NextBelow(3);
        FillEvidence[] fills = random.NextBelow(5) == 0 ? [Style("blur")] : [Style("diffusion"), Style("blur")];
        return Evidence(new CausalEvidence(mode, mode == CausalMode.Off ? [] : fills)) with
        {
            Checks = new AuditChecks { SanityPassed = random.NextBelow(15) > 0, Accuracy = Around(Uniform(0.1, 1)), ChanceAccuracy = 0.1 },
            UsableMaps = random.NextBelow(15) == 0 ? 800 : 1000,
            Focus = Around(Uniform(-0.3, 0.8), Uniform(0.01, 0.1), random.NextBelow(15) == 0 ? 40 : 400),
            ChanceEnergy = Uniform(0.1, 0.75),
            Flag = random.NextBelow(3) == 0 ? Flag(random.NextBelow(2) == 0) : null,
            NewImageErrors = random.NextBelow(3) == 0 ? Uniform(0.05, 0.3) : null,
        };
    }
}
