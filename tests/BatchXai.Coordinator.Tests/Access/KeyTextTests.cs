using System.Security.Cryptography;
using System.Text;
using BatchXai.Coordinator.Access;
using Xunit;

namespace BatchXai.Coordinator.Tests.Access;

public sealed class KeyTextTests
{
    private static readonly string Secret = new('5', 64);

    [Fact]
    public void Key_is_read_as_it_was_written()
    {
        var made = KeyText.Make();
        var read = KeyText.Parse(made.Text)!;
        Assert.Equal((made.Id, made.Text, made.Hash), (read.Id, read.Text, read.Hash));
        Assert.True(read.Has(made.Hash));
        Assert.False(KeyText.Make().Has(made.Hash));
        Assert.Equal(64, made.Text[(made.Text.LastIndexOf('_') + 1)..].Length); // 256 bits.
    }

    [Fact]
    public void Hash_is_that_of_the_secret_alone() =>
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Secret))), KeyText.Parse($"bxk_admin_{Secret}")!.Hash);

    [Fact]
    public void Key_that_is_shown_by_mistake_shows_no_secret() => Assert.DoesNotContain("_", $"{KeyText.Make()}", StringComparison.Ordinal);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("bxk_")]
    [InlineData("bxk_admin_")]
    [InlineData("bxk__5555555555555555555555555555555555555555555555555555555555555555")]
    [InlineData("bxk_admin_555555555555555555555555555555555555555555555555555555555555555")]
    [InlineData("bxk_admin_5555555555555555555555555555555555555555555555555555555555555555_")]
    [InlineData("bxk_admin_555555555555555555555555555555555555555555555555555555555555555é")]
    [InlineData("bxk_ad min_5555555555555555555555555555555555555555555555555555555555555555")]
    [InlineData("BXK_admin_5555555555555555555555555555555555555555555555555555555555555555")]
    public void Anything_else_is_no_key(string? text) => Assert.Null(KeyText.Parse(text));
}
