using BatchXai.Cli.Planted;
using BatchXai.Cli.Selftest;
using BatchXai.Contracts;
using Xunit;

namespace BatchXai.Cli.Tests.Selftest;

public sealed class ZooProfileTests
{
    [Fact]
    public void Profiles_HaveTheModelsOfTheBenchmarkUnderNamesOfTheirOwn()
    {
        Assert.All([ZooProfile.Ci, ZooProfile.Full], profile => Assert.Equal(profile.Models.Count, profile.Models.Select(model => model.Name).Distinct().Count()));
        Assert.Equal([10, 4, 5, 5], new[] { .5, .8, .9, 1 }.Select(rho => ZooProfile.Ci.Models.Count(model =>
            model.Kind == ZooModelKind.Trained && model.Planting.Cue == PlantedCue.Texture && model.Planting.Correlation == rho)));
        Assert.Equal(60, ZooProfile.Full.Models.Count(model => model.IsCleanByDesign));
    }

    [Fact]
    public void Only_BeginningOfNames_KeepsThoseModels() =>
        Assert.Equal(["memoriser-00", "random-00", "memoriser-01"], ZooProfile.Ci.Only(["memoriser", "random-00"]).Models.Select(model => model.Name));

    [Fact]
    public void Only_NameOfNoModel_IsRefusedWithTheNamesThatThereAre()
    {
        var refused = Assert.Throws<UserErrorException>(() => ZooProfile.Ci.Only(["texture", "colour"]));
        Assert.Contains("begins with 'colour'. Expected the beginning of one of: texture-050-00", Assert.Single(refused.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(.06, .2, true, nameof(ReliesOn.Shortcut))]
    [InlineData(.04, .2, true, nameof(ReliesOn.Unclear))]
    [InlineData(-.04, .04, true, nameof(ReliesOn.Object))]
    [InlineData(-.04, .04, false, nameof(ReliesOn.Unclear))]
    public void Verified_ByTheIntervalAndNeverByTheValue(double low, double high, bool isClean, string expected) =>
        Assert.Equal(expected, new Reliance((low + high) / 2, low, high).Verified(isClean).ToString());
}
