using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Aggregate;
using BatchXai.Statistics;
using Xunit;

namespace BatchXai.Coordinator.Tests.Aggregate;

public sealed class ClusterSearchTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_HalfOfAClassLooksAtACorner_SaysSoWithPictureAndFigures()
    {
        // Dogs with an even number look at the corner, away from the object, and fall with their background.
        var rows = Rows(80, (name, number) => name == "dog" && number % 2 == 0 ? .3 : .8);
        var found = await FindAsync(rows, row => At(row, row.Label == "dog" && row.Item % 2 == 0 ? 0 : 2), rows.SelectMany(Tested));

        var dogs = Assert.Single(found.Classes);
        Assert.Equal((2, 1, 0), (found.Looked, found.OneGroup, found.Unstable));
        Assert.Equal(("dog", 80, 1.0), (dogs.Class, dogs.Maps, dogs.Stability));
        Assert.Equal((2, 9), (dogs.Clusters.Count, dogs.Eigenvalues.Count));

        var corner = Assert.Single(dogs.Clusters, cluster => cluster.StandsOut);
        Assert.Equal((40, .5), (corner.Maps, corner.Share));
        Assert.Equal(0, corner.Medoid.Item % 2);
        Assert.Equal("dog", corner.Medoid.Label);
        Assert.Equal(0, corner.Shares.ToList().IndexOf(corner.Shares.Max()));
        Assert.Equal(1, corner.Shares.Sum(), 1e-5);
        Assert.Equal(-.4, Assert.Single(corner.Focus).Focus.Value!.Value, 1e-6);
        Assert.Equal(-1, corner.FocusDifference!.Value!.Value, 1e-6);
        Assert.Equal((40, 40L), (corner.Focus[0].Focus.N, corner.Accuracy.N));
        Assert.StartsWith("Class dog: 40 of 80 heatmaps (50%) form a group whose focus κ is −0.40, 1.00 below that of the others", corner.Sentence, StringComparison.Ordinal);
        Assert.Equal((40L, 1.0, 1.0), Effect(corner));
        Assert.Equal((40L, 0.0, 0.0), Effect(dogs.Clusters.Single(cluster => !cluster.StandsOut)));

        static (long, double?, double?) Effect(MapCluster cluster) => Assert.Single(cluster.Causal) is var causal ? (causal.BackgroundGap.N, causal.BackgroundGap.Value, causal.NetFlipRate.Value) : default;
    }

    [Fact]
    public async Task Find_GroupsAlikeInFocus_AreShownButDoNotStandOut()
    {
        var found = await FindAsync(Rows(80, (_, number) => number % 7 == 0 ? .6 : .8), row => At(row, row.Label == "dog" && row.Item % 2 == 0 ? 0 : 2));

        Assert.Equal([40, 40], Assert.Single(found.Classes).Clusters.Select(cluster => cluster.Maps));
        Assert.DoesNotContain(found.Classes[0].Clusters, cluster => cluster.StandsOut || cluster.Sentence is not null || cluster.Causal.Count > 0);
    }

    [Fact]
    public async Task Find_WithoutMasks_StillFindsTheGroups()
    {
        var rows = Rows(60, (_, _) => .8).Select(row => row with { MaskStatus = MaskStatus.NoMask, MaskKind = MaskKind.None }).ToList();
        var dogs = Assert.Single((await FindAsync(rows, row => At(row, row.Label == "dog" && row.Item % 3 == 0 ? 0 : 2))).Classes);

        Assert.Equal([40, 20], dogs.Clusters.Select(cluster => cluster.Maps));
        Assert.All(dogs.Clusters, cluster => Assert.Equal((false, null, 0), (cluster.StandsOut, cluster.FocusDifference, cluster.Focus.Count)));
    }

    [Fact]
    public async Task Find_AllAlike_IsOneGroupEach()
    {
        var found = await FindAsync(Rows(60, (_, _) => .8), row => At(row, 1));

        Assert.Equal((2, 2, 0, 0), (found.Looked, found.OneGroup, found.TooFew, found.LeftOut));
        Assert.Empty(found.Classes);
    }

    [Fact]
    public async Task Find_EveryClassLookedAt_IsLaidOutWithItsGroups()
    {
        var rows = Rows(80, (name, number) => name == "dog" && number % 2 == 0 ? .3 : .8);
        var found = await SearchAsync(rows, row => At(row, row.Label == "dog" && row.Item % 2 == 0 ? 0 : 2), rows.SelectMany(Tested));

        var (dogs, cats) = (found.Scatter.Classes[0], found.Scatter.Classes[1]);
        Assert.Equal(("dog", "cat", 2), (dogs.Class, cats.Class, found.Scatter.Classes.Count));
        Assert.Equal(Enumerable.Range(80, 80).Select(item => (long)item), dogs.Items);
        Assert.Same(found.Report.Classes[0], dogs.Groups);
        Assert.Equal((null, null, null), (cats.Groups, cats.Cluster, cats.Stability));
        Assert.Equal(80, cats.X.Count);
        var corner = dogs.Groups!.Clusters.ToList().FindIndex(cluster => cluster.StandsOut);
        Assert.Equal(Enumerable.Range(40, 40).Select(half => 2L * half), dogs.ItemsOf(corner));
        Assert.Empty(cats.ItemsOf(0));
        // The two groups are apart in the plane: every dog is nearer to its own group's middle.
        (double X, double Y)[] middles = [.. Enumerable.Range(0, 2).Select(group => (Middle(dogs.X, group), Middle(dogs.Y, group)))];
        Assert.All(Enumerable.Range(0, 80), i => Assert.True(Far(i, dogs.Cluster![i]) < Far(i, 1 - dogs.Cluster[i])));
        Assert.All(dogs.X.Concat(dogs.Y), place => Assert.InRange(place, 0, 1));

        double Middle(IReadOnlyList<double> places, int group) => places.Where((_, i) => dogs.Cluster![i] == group).Average();

        double Far(int item, int group) => Math.Pow(dogs.X[item] - middles[group].X, 2) + Math.Pow(dogs.Y[item] - middles[group].Y, 2);
    }

    [Fact]
    public async Task Find_FewMapsOrNoLabel_SaysNothingOfThem()
    {
        List<ItemResult> rows = [.. Rows(49, (_, _) => .8), .. Enumerable.Range(900, 60).Select(i => Sample.Map(i, .8, label: null))];
        var found = await FindAsync(rows, row => At(row, row.Item % 2 == 0 ? 0 : 2));

        Assert.Equal((0, 2, 0), (found.Looked, found.TooFew, found.Classes.Count));
    }

    [Fact]
    public async Task Find_MoreThanAHundredClasses_CountsThoseLeftOut()
    {
        var rows = Enumerable.Range(0, 103 * 50).Select(i => Sample.Map(i, .8 - (.0001 * (i / 50)), $"class {i / 50}")).ToList();
        var all = await SearchAsync(rows, row => At(row, row.Item % 2 == 0 ? 0 : 2));
        var found = all.Report;

        Assert.Equal(100, all.Scatter.Classes.Count(row => row.Groups?.Clusters.Count == 2)); // Those that the report has no room for, too.
        Assert.Equal((100, 3, 12, 88), (found.Looked, found.LeftOut, found.Classes.Count, found.More));
        Assert.DoesNotContain(found.Classes, row => row.Class is "class 0" or "class 1" or "class 2"); // the most focused
    }

    [Fact]
    public async Task Find_NoHeatmap_IsNothing() => Assert.Null(await new ClusterSearch([], MethodNames.GradCam, "predicted", 1).FindAsync(_ => AsyncEnumerable.Empty<CausalResult>(), Ct));

    [Fact]
    public void Sample_DoesNotDependOnTheOrder()
    {
        var rows = Enumerable.Range(0, 1_000).Select(i => Sample.Map(i, .5)).ToList();
        var (forth, back) = (new MapSample(5, 100), new MapSample(5, 100));
        rows.ForEach(row => forth.Add(row, []));
        rows.AsEnumerable().Reverse().ToList().ForEach(row => back.Add(row, []));

        Assert.Equal(100, forth.Maps.Count);
        Assert.Equal(forth.Maps, back.Maps);
        Assert.InRange(forth.Maps.Average(map => map.Row.Item), 400, 600); // Spread over all of them.
    }

    /// <summary>Cats, then dogs; numbered through, so that the second class begins with an even number.</summary>
    private static List<ItemResult> Rows(int perClass, Func<string, int, double> energy) =>
        [.. Enumerable.Range(0, 2 * perClass).Select(i => (i, Name: i < perClass ? "cat" : "dog")).Select(item => Sample.Map(item.i, energy(item.Name, item.i % perClass), item.Name))];

    /// <summary>A heatmap of 4×4, brightest at a cell of the diagonal.</summary>
    private static float[] At(ItemResult row, int cell)
    {
        var random = SplitMix64.For(row.Item, "map");
        return [.. Enumerable.Range(0, 16).Select(i => (float)((i == 5 * cell ? 1 : 0) + (.1 * random.NextUniform()) - .02))];
    }

    private static IEnumerable<CausalResult> Tested(ItemResult row)
    {
        var falls = row.Measures.Focus < 0;
        return new[] { CausalTest.Placebo, CausalTest.MixedSame, CausalTest.MixedRand }.Select(test => new CausalResult
        {
            Item = row.Item,
            Label = row.Label,
            Split = row.Split,
            MaskKind = MaskKind.Mask,
            Test = test,
            Fill = CausalFill.Blur,
            Status = CausalStatus.Ok,
            CorrectBefore = true,
            Correct = !(falls && test == CausalTest.MixedRand),
            Flipped = falls && test == CausalTest.MixedRand,
        });
    }

    private static async Task<MapClusters> FindAsync(IReadOnlyList<ItemResult> rows, Func<ItemResult, float[]> map, IEnumerable<CausalResult>? causal = null) => (await SearchAsync(rows, map, causal)).Report;

    private static async Task<FoundGroups> SearchAsync(IReadOnlyList<ItemResult> rows, Func<ItemResult, float[]> map, IEnumerable<CausalResult>? causal = null)
    {
        var report = await Sample.BuildAsync(rows);
        var search = new ClusterSearch(report.Classes, MethodNames.GradCam, "predicted", 3);
        foreach (var row in rows)
        {
            search.Add(row, new(4, 4, map(row)));
        }

        var found = await search.FindAsync(items => Sample.Stream((causal ?? []).Where(row => items.Contains(row.Item))), Ct);
        Assert.NotNull(found);
        Assert.Equal((4, 4), (found.Report.Height, found.Report.Width));
        return found;
    }
}
