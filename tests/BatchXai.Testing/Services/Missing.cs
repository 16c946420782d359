using Xunit;

namespace BatchXai.Testing.Services;

/// <summary>What a test does without what it needs: it skips, visibly; where green must not mean "skipped", in CI, it fails.</summary>
internal static class Missing
{
    public static void Service(string name, string variable) => Because($"no {name}: set {variable}, or start Docker, or run tests/services.sh fetch (test.sh does)");

    public static void Because(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
    }
}
