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

    private readonly TextWriter errorWriter;

    public CapturedScreen()
    {
        errorWriter = TextWriter.Synchronized(new StringWriter(errors));
        Screen = new Screen(new StringWriter(output), errorWriter, interactive: false, resultsToTerminal: false);
    }

    public Screen Screen { get; }

    public string Output => output.ToString();

    /// <summary>May be looked at while the command runs.</summary>
    public string Errors
    {
        get
        {
            lock (errorWriter)
            {
                return errors.ToString();
            }
        }
    }

    public Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(arguments, Screen, TestContext.Current.CancellationToken);
}
