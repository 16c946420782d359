using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace BatchXai.Hosting.Telemetry;

/// <summary>
/// One log entry is one line, whatever names of files and classes hold: what would break or hide a line is shown as a space.
/// <c>Logging:Json</c> makes it one JSON object a line.
/// </summary>
internal sealed class LogLines() : ConsoleFormatter(FormatName)
{
    internal const string FormatName = "batchxai";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var line = new StringBuilder();
        // The clock of the process: a log line is stamped when it is written.
        line.Append(TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ ", CultureInfo.InvariantCulture))
            .Append(Word(logEntry.LogLevel)).Append(' ')
            .Append(logEntry.Category.AsSpan(logEntry.Category.LastIndexOf('.') + 1)).Append(": ")
            .Append(logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (logEntry.Exception is { } exception)
        {
            line.Append(" | ").Append(exception);
        }

        for (var at = 0; at < line.Length; at++)
        {
            if (Misleads(line[at]))
            {
                line[at] = ' ';
            }
        }

        textWriter.WriteLine(line);
    }

    /// <summary>Line ends, terminal escapes, and marks that turn the direction of what follows.</summary>
    private static bool Misleads(char letter) => char.GetUnicodeCategory(letter) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "fatal",
    };
}

/// <summary>Makes logs readable by people and safe from what names hold.</summary>
public static class LogLinesRegistration
{
    /// <summary>Sources that tell every query and every request; settings may make them louder again.</summary>
    private static readonly string[] Quiet = ["Microsoft.AspNetCore", "Microsoft.Extensions.Http", "System.Net.Http", "Azure"];

    /// <summary>Sources that tell, with a stack each time, what whoever asked them tells too: failed queries, failed checks.</summary>
    private static readonly string[] Silent = ["Microsoft.EntityFrameworkCore", "Microsoft.Extensions.Diagnostics.HealthChecks"];

    /// <summary>Logs to the console, one line an entry, or one JSON object with <c>Logging:Json</c>. Part of <see cref="TelemetryRegistration.AddTelemetry"/>.</summary>
    public static void AddPlainLogging(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddLogging(logging =>
        {
            logging.ClearProviders();
            _ = configuration.GetValue<bool>("Logging:Json")
                ? logging.AddJsonConsole(json => (json.IncludeScopes, json.UseUtcTimestamp, json.TimestampFormat) = (true, true, "O"))
                : logging.AddConsole(console => console.FormatterName = LogLines.FormatName).AddConsoleFormatter<LogLines, ConsoleFormatterOptions>();
        });
        services.PostConfigure<LoggerFilterOptions>(options =>
        {
            // First in the list: what the settings say about the same source comes later and wins.
            foreach (var (source, level) in Quiet.Select(source => (source, LogLevel.Warning)).Concat(Silent.Select(source => (source, LogLevel.None))))
            {
                options.Rules.Insert(0, new LoggerFilterRule(null, source, level, null));
            }
        });
    }
}
