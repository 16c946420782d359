using BatchXai.TorchScript.Probe;
using Xunit.MicrosoftTestingPlatform;

namespace BatchXai.TorchScript.Tests;

/// <summary>The tests; and, started with an argument that only they know, the process that tries a model for them.</summary>
internal static class Program
{
    internal const string ProbeArgument = "try-script";

    private static async Task<int> Main(string[] arguments) => arguments is [ProbeArgument, .. var job]
        ? ScriptProbeChild.Run(job)
        : await TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}
