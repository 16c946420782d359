using System.Runtime.CompilerServices;
using BatchXai.Testing;

namespace BatchXai.Cli.Tests;

/// <summary>Commands that run in this process note their folders where nobody else looks.</summary>
internal static class StateOfTests
{
    [ModuleInitializer]
    internal static void Point() => Environment.SetEnvironmentVariable(PrivateState.Variable, PrivateState.Folder);
}
