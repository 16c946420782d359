using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Xunit;

namespace BatchXai.Storage.Tests.Artifacts;

public sealed class ArtifactAddressesTests
{
    public static TheoryData<string> Splits => ["..", ".", "../../x", "a/b", "a\\b", "C:", "\0", "\n", "🦩", new string('x', 255), string.Concat(Enumerable.Repeat("🦩", 63))];

    [Theory]
    [MemberData(nameof(Splits))]
    public void MaskBank_AnySplitName_IsOneFileBelowItsFolder(string split)
    {
        var address = ArtifactAddresses.MaskBank(Guid.Empty, split);

        Assert.Null(RelativePath.Refusal(address));
        Assert.Equal(4, address.Split('/').Length);
        Assert.InRange(address.Split('/')[3].Length, 1, 120);
        Assert.StartsWith(ArtifactAddresses.MaskBanks(Guid.Empty), address, StringComparison.Ordinal);
    }

    [Fact]
    public void MaskBank_DifferentSplits_DifferentFiles() =>
        Assert.Equal(Splits.Count, Splits.Select(row => ArtifactAddresses.MaskBank(Guid.Empty, row.Data)).Distinct(StringComparer.OrdinalIgnoreCase).Count());

    [Fact]
    public void Manifest_MillionShards_StillAnAddress()
    {
        Assert.EndsWith("/manifest/1234567.jsonl", ArtifactAddresses.Manifest(Guid.Empty, 1_234_567), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ArtifactAddresses.Manifest(Guid.Empty, -1));
    }
}
