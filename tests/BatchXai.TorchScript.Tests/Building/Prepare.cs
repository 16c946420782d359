using BatchXai.TorchScript.Probe;
using Xunit;

namespace BatchXai.TorchScript.Tests.Building;

/// <summary>Prepares models for tests, with this program as the process that tries them.</summary>
internal static class Prepare
{
    internal static ScriptRequest Request(string path, int size = 16) => new(path, 3, size, size, Trusted: true, ProbeCommand.ThisProgram(Program.ProbeArgument));

    internal static Task<PreparedScript> Async(string path, int size = 16) => PreparedScript.PrepareAsync(Request(path, size), TestContext.Current.CancellationToken);
}
