using System.Text;
using BatchXai.Cli.Commands;
using BatchXai.Cli.Output;
using Xunit;

namespace BatchXai.Cli.Tests;

/// <summary>Runs command lines and keeps what they write.</summary>
internal sealed class CapturedScreen
{
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    public CapturedScreen() => Screen = new Screen(new StringWriter(output), new StringWriter(errors), interactive: false, resultsToTerminal: false);

    public Screen Screen { get; }

    public string Output => output.ToString();

    public string Errors => errors.ToString();

    public Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(arguments, Screen, TestContext.Current.CancellationToken);
}
