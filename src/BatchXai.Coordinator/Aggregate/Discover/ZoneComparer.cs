using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Report;
using BatchXai.Statistics;
using BatchXai.Statistics.Ranks;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>
/// Compares each class with all others, zone by zone: a finding has an effect that matters (odds at least doubled against the others and against chance, Cliff's
/// δ ≥ .33), and a one-sided permutation p that holds beside all other tests (Benjamini and Hochberg, q = .05).
/// </summary>
internal sealed class ZoneComparer
{
    private const int FewestMaps = 50;
    private const double FewestTimesOdds = 2;
    private const double SmallestDelta = .33;
    private const double FalseDiscoveryRate = .05;

    private readonly IReadOnlyList<(string Name, ClassZones Zones)> classes;
    private readonly bool grouped;
    private readonly long seed;
    private readonly string method;
    private readonly string target;
    private readonly List<Candidate> candidates = [];
    private int tests;

    private ZoneComparer(IReadOnlyList<(string Name, ClassZones Zones)> classes, string method, string target, bool grouped, long seed) =>
        (this.classes, this.method, this.target, this.grouped, this.seed) = (classes, method, target, grouped, seed);

    /// <summary>Compares the classes of one method × target.</summary>
    /// <param name="method">The method.</param>
    /// <param name="target">The target.</param>
    /// <param name="classes">Every class with its shares.</param>
    /// <param name="grouped">True: whole groups are relabelled by the permutations.</param>
    /// <param name="seed">Seed of the permutations.</param>
    public static ZoneComparison Compare(string method, string target, IReadOnlyList<(string Name, ClassZones Zones)> classes, bool grouped, long seed)
    {
        var comparer = new ZoneComparer(classes, method, target, grouped, seed);
        foreach (var zone in Enum.GetValues<ViewZone>())
        {
            comparer.Look(zone);
        }

        var all = classes.Sum(entry => entry.Zones.Maps);
        var compared = classes.Count(entry => entry.Zones.Maps >= FewestMaps && all - entry.Zones.Maps >= FewestMaps);
        return new()
        {
            Method = method,
            Target = target,
            Compared = compared,
            TooFew = classes.Count - compared,
            Tests = comparer.tests,
            Findings = comparer.Findings(),
        };
    }

    /// <summary>Counts the tests of a zone and keeps the classes whose means differ enough to be worth one.</summary>
    private void Look(ViewZone zone)
    {
        var whole = new Totals(0, 0, 0);
        foreach (var (_, zones) in classes)
        {
            whole = whole.Plus(Totals.Of(zones[zone]));
        }

        for (var at = 0; at < classes.Count; at++)
        {
            var own = Totals.Of(classes[at].Zones[zone]);
            var others = whole.Minus(own);
            if (own.Maps < FewestMaps || others.Maps < FewestMaps)
            {
                continue;
            }

            tests++;
            if (own.OddsBesideChance >= FewestTimesOdds && own.OddsBesideChance >= FewestTimesOdds * others.OddsBesideChance)
            {
                candidates.Add(new(zone, at, own, others));
            }
        }
    }

    /// <summary>A test whose effect is too small counts with p = 1, which only makes the others' harder to pass: no permutation is spent on it.</summary>
    private IReadOnlyList<ZoneFinding> Findings()
    {
        var found = candidates.GroupBy(candidate => candidate.Zone).SelectMany(Tested).ToList();
        var p = new double[tests];
        Array.Fill(p, 1);
        found.Select(finding => finding.P).ToArray().CopyTo(p, 0);
        var adjusted = BenjaminiHochberg.Adjust(p);
        var findings = found.Select((finding, at) => finding with { AdjustedP = adjusted[at] }).Where(finding => finding.AdjustedP <= FalseDiscoveryRate).ToList();

        // What fills a corner also lies on the border.
        var cornered = findings.Where(finding => finding.Zone is >= ViewZone.TopLeft and <= ViewZone.BottomRight).Select(finding => finding.Class).ToHashSet();
        return
        [
            .. findings.Where(finding => finding.Zone != ViewZone.Border || !cornered.Contains(finding.Class))
                .OrderByDescending(finding => finding.OddsRatio ?? double.PositiveInfinity).ThenBy(finding => finding.Class, StringComparer.Ordinal),
        ];
    }

    private IEnumerable<ZoneFinding> Tested(IGrouping<ViewZone, Candidate> candidatesOfZone)
    {
        var zone = candidatesOfZone.Key;
        var ranks = Midranks.Of([.. classes.SelectMany(entry => entry.Zones[zone].Densities)]);
        var units = classes.Select(entry => Units(entry.Zones, zone)).ToList();
        var test = new PermutationTest([.. units.SelectMany(unit => unit.Sums)], grouped ? [.. units.SelectMany(unit => unit.Counts)] : []);
        foreach (var (_, at, own, others) in candidatesOfZone)
        {
            var first = classes.Take(at).Sum(entry => entry.Zones[zone].Densities.Count);
            var delta = CliffDelta.Of(ranks.AsSpan(first, (int)own.Maps).ToArray().Sum(), own.Maps, ranks.Length)!.Value;
            if (delta < SmallestDelta)
            {
                continue;
            }

            yield return new()
            {
                Sentence = Wording.ZoneFinding(classes[at].Name, zone, method, own.Share, Math.Max(others.Share, 0), own.Chance),
                Class = classes[at].Name,
                Zone = zone,
                Maps = own.Maps,
                OtherMaps = others.Maps,
                Share = own.Share,
                OthersShare = Math.Max(others.Share, 0),
                Chance = own.Chance,
                Times = others.Share > 0 ? own.Share / others.Share : null,
                OddsRatio = own.OddsBesideChance / others.OddsBesideChance is >= 0 and < double.PositiveInfinity and var ratio ? ratio : null,
                Delta = delta,
                P = P(test, units[at], own.Maps, $"{zone} {classes[at].Name}"),
                AdjustedP = 1,
            };
        }
    }

    // With k tests the smallest p must be able to fall below q/k.
    private double P(PermutationTest test, (List<double> Sums, List<int> Counts) own, long maps, string what) =>
        own.Sums.Count == test.Units
            ? 1
            : test.PLower(
                own.Sums.Count, own.Sums.Sum(), maps, SplitMix64.For(seed, $"permutation {method} {target} {what}"),
                Math.Max(PermutationTest.DefaultDraws, (int)(2 * tests / FalseDiscoveryRate)));

    /// <summary>The units that are relabelled: heatmaps, or the groups within the class. The test looks for low means, so that high ones count negative.</summary>
    private (List<double> Sums, List<int> Counts) Units(ClassZones zones, ViewZone zone)
    {
        var (densities, groups) = (zones[zone].Densities, zones.GroupsOf(zone));
        if (!grouped)
        {
            return ([.. densities.Select(density => -(double)density)], []);
        }

        var units = densities.Select((density, i) => (Density: (double)density, Group: groups[i])).GroupBy(value => value.Group).ToList();
        return ([.. units.Select(unit => -unit.Sum(value => value.Density))], [.. units.Select(unit => unit.Count())]);
    }

    private readonly record struct Candidate(ViewZone Zone, int At, Totals Own, Totals Others);

    private readonly record struct Totals(long Maps, double ShareSum, double ChanceSum)
    {
        public double Share => ShareSum / Maps;

        public double Chance => ChanceSum / Maps;

        public double OddsBesideChance => Share / (1 - Share) / (Chance / (1 - Chance));

        public static Totals Of(ZoneSample sample) => new(sample.Count, sample.ShareSum, sample.ChanceSum);

        public Totals Plus(Totals other) => new(Maps + other.Maps, ShareSum + other.ShareSum, ChanceSum + other.ChanceSum);

        public Totals Minus(Totals other) => new(Maps - other.Maps, ShareSum - other.ShareSum, ChanceSum - other.ChanceSum);
    }
}
