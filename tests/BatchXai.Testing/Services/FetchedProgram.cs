using System.Diagnostics;

namespace BatchXai.Testing.Services;

/// <summary>A program, or a file, that tests need and that is installed or was fetched; <c>tests/services.sh</c> knows where.</summary>
public static class FetchedProgram
{
    internal static string Script => Path.Combine(Checkout.Root ?? throw new InvalidOperationException("The tests run outside a checkout: tests/services.sh is not here."), "tests", "services.sh");

    /// <summary>Where it is. Skips the running test, visibly, where it is not; in CI the test fails.</summary>
    /// <param name="name">What the script calls it: <c>chromium</c>, <c>axe</c>.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static async Task<string> PathAsync(string name, CancellationToken cancellationToken)
    {
        using var asked = Process.Start(new ProcessStartInfo("bash", [Script, "where", name]) { RedirectStandardOutput = true })!;
        var path = (await asked.StandardOutput.ReadToEndAsync(cancellationToken)).Trim();
        await asked.WaitForExitAsync(cancellationToken);
        if (asked.ExitCode != 0)
        {
            Missing.Because($"no {name}: run tests/services.sh fetch browser (test.sh does)");
        }

        return path;
    }
}
