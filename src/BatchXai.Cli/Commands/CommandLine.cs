using System.CommandLine;
using System.CommandLine.Parsing;
using BatchXai.Cli.Output;
using BatchXai.Cli.Remote;
using BatchXai.Contracts;

namespace BatchXai.Cli.Commands;

/// <summary>The tree of commands, and what happens to errors in any of them.</summary>
internal static class CommandLine
{
    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Show where in the program an error came from.", Recursive = true };

    /// <summary>All commands.</summary>
    public static RootCommand Build(Screen screen)
    {
        var root = new RootCommand("Finds out whether an image classifier looks at the object or at the background.") { Verbose };
        Command[] commands =
        [
            RunCommand.Build(screen), DemoCommand.Build(screen), SelftestCommand.Build(screen), ModelCommand.Build(screen), DatasetCommand.Build(screen), ReportCommand.Build(screen),
            CompareCommand.Build(screen), GateCommand.Build(screen), ServeCommand.Build(screen),
            SubmitCommand.Build(screen), WatchCommand.Build(screen), ListCommand.Build(screen), .. AuditCommands.Build(screen), KeysCommand.Build(screen),
        ];
        Array.ForEach(commands, root.Subcommands.Add);
        ServerKey.AddTo(commands);
        return root;
    }

    /// <summary>Runs one command line. Returns the exit code; throws nothing.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Screen screen, CancellationToken cancellationToken)
    {
        var parsed = Build(screen).Parse(arguments);
        var unknown = UnknownOptions(parsed).ToList();
        if (unknown.Count + parsed.Errors.Count > 0)
        {
            screen.Problems(unknown.Count > 0 ? unknown : parsed.Errors.Select(error => error.Message));
            screen.Note($"See: {CommandPath(parsed)} --help");
            return ExitCode.Error;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = screen.Results.Profile.Out.Writer,
                Error = screen.Progress.Profile.Out.Writer,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            screen.Note("stopped.");
            return ExitCode.Cancelled;
        }
        catch (UserErrorException bad)
        {
            screen.Problems(bad.Problems);
            return Explained(bad);
        }
        catch (ServerUnreachableException away)
        {
            screen.Problems([away.Message]);
            return Explained(away);
        }
        catch (Exception unexpected)
        {
            // The last line of defence: whatever it is, a person gets one line and an exit code.
            screen.Problems([$"unexpected {unexpected.GetType().Name}: {unexpected.Message} Run again with --verbose for the details."]);
            return Explained(unexpected);
        }

        int Explained(Exception error)
        {
            if (parsed.GetValue(Verbose) || Environment.GetEnvironmentVariable("BATCHXAI_DEBUG") == "1")
            {
                screen.Note(error.ToString());
            }

            return ExitCode.Error;
        }
    }

    /// <summary>Misspelt options: the parser takes them for a file, and complains only of the value behind them.</summary>
    private static IEnumerable<string> UnknownOptions(ParseResult parsed)
    {
        var known = parsed.CommandResult.Command.Options.Select(option => option.Name).ToList();
        return parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .Concat(parsed.UnmatchedTokens).Where(word => word.StartsWith("--", StringComparison.Ordinal))
            .Select(word => $"there is no option '{word}'.{NearNames.Hint(word, known)}");
    }

    private static string CommandPath(ParseResult parsed)
    {
        List<string> names = [];
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
        {
            names.Insert(0, result.Parent is null ? "batchxai" : result.Command.Name);
        }

        return string.Join(' ', names);
    }
}
