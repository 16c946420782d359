using System.Text.Json;
using BatchXai.Coordinator.Report;
using Spectre.Console;

namespace BatchXai.Cli.Output;

/// <summary>Where the program writes: results on standard output, progress, notes and errors on standard error.</summary>
internal sealed class Screen
{
    private readonly TextWriter output;

    /// <summary>Writes to two writers.</summary>
    /// <param name="output">Results.</param>
    /// <param name="errors">Everything else.</param>
    /// <param name="interactive">A person watches standard error: progress is redrawn in place.</param>
    /// <param name="resultsToTerminal">Results go to a terminal, not to a file or pipe.</param>
    public Screen(TextWriter output, TextWriter errors, bool interactive, bool resultsToTerminal)
    {
        this.output = output;
        Interactive = interactive;
        Results = Console(output, resultsToTerminal);
        Progress = Console(errors, interactive);
    }

    /// <summary>True when progress may be redrawn in place.</summary>
    public bool Interactive { get; }

    /// <summary>Results for a person.</summary>
    public IAnsiConsole Results { get; }

    /// <summary>Progress, notes and errors.</summary>
    public IAnsiConsole Progress { get; }

    /// <summary>Standard output and standard error of this process.</summary>
    public static Screen OfProcess() =>
        new(System.Console.Out, System.Console.Error, !System.Console.IsErrorRedirected, !System.Console.IsOutputRedirected);

    /// <summary>A line about what is going on.</summary>
    public void Note(string text) => Progress.WriteLine(text);

    /// <summary>Every problem, each with "error:" before it.</summary>
    public void Problems(IEnumerable<string> problems)
    {
        foreach (var problem in problems)
        {
            Progress.MarkupLineInterpolated($"[red]error:[/] {problem}");
        }
    }

    /// <summary>A warning.</summary>
    public void Warning(string text) => Progress.MarkupLineInterpolated($"[yellow]warning:[/] {text}");

    /// <summary>One JSON object on standard output, written like report.json.</summary>
    public void Json<T>(T value) => output.WriteLine(JsonSerializer.Serialize(value, ReportJson.Options));

    private static IAnsiConsole Console(TextWriter writer, bool terminal)
    {
        var colours = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!terminal)
        {
            // Whoever reads a pipe wants whole lines.
            console.Profile.Width = 10_000;
        }

        return console;
    }
}
