using Xunit;

namespace BatchXai.Testing.Services;

/// <summary>What a test does without its service: it skips, visibly; where green must not mean "skipped", in CI, it fails.</summary>
internal static class Missing
{
    public static void Service(string name, string variable)
    {
        var reason = $"no {name}: set {variable}, or start Docker, or run tests/services.sh fetch (test.sh does)";
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
    }
}
