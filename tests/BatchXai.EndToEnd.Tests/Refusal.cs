using System.Text.RegularExpressions;
using BatchXai.Clusters.Processes;
using Xunit;

namespace BatchXai.EndToEnd.Tests;

/// <summary>Bad input as a person meets it: exit code 3, nothing on standard output, plain errors on standard error.</summary>
internal static partial class Refusal
{
    /// <summary>Runs the program, which must refuse with exactly one error that says everything in <paramref name="says"/>.</summary>
    public static Task OneAsync(string[] arguments, params string[] says) => OfAsync(1, arguments, says);

    /// <summary>Runs the program, which must refuse with <paramref name="errors"/> errors that together say everything in <paramref name="says"/>.</summary>
    public static async Task OfAsync(int errors, string[] arguments, params string[] says)
    {
        var (exitCode, output, written) = await BatchXaiProgram.RunAsync(TestContext.Current.CancellationToken, arguments);
        Assert.True(exitCode == 3, $"exit code {exitCode}: {written}");
        Assert.Empty(output);
        Assert.True(Error().Count(written) == errors, $"expected {errors} errors, found: {written}");
        Assert.All(says, text => Assert.Contains(text, written, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", written, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", written, StringComparison.Ordinal);
    }

    /// <summary>A command line with one flag's value replaced, or added.</summary>
    public static string[] With(this string[] arguments, string flag, string value)
    {
        var at = Array.IndexOf(arguments, flag);
        return at < 0 ? [.. arguments, flag, value] : [.. arguments[..(at + 1)], value, .. arguments[(at + 2)..]];
    }

    [GeneratedRegex("^error: ", RegexOptions.Multiline)]
    private static partial Regex Error();
}
