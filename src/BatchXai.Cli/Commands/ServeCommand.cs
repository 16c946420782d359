using System.CommandLine;
using System.Globalization;
using BatchXai.Cli.Output;
using BatchXai.Cli.Serve;
using BatchXai.Contracts;
using BatchXai.Coordinator.Front;
using BatchXai.Coordinator.Front.Places;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spectre.Console;

namespace BatchXai.Cli.Commands;

/// <summary>batchxai serve: pages over everything audited on this machine.</summary>
internal static class ServeCommand
{
    private const int DefaultPort = 5080;

    /// <summary>The command.</summary>
    public static Command Build(Screen screen)
    {
        var folders = new Argument<string[]>("folder") { Description = "Output folders of audits, beside those that were audited on this machine.", Arity = ArgumentArity.ZeroOrMore };
        var port = new Option<int?>("--port") { Description = $"Port on this machine's loopback; {DefaultPort} by default, or a free one where that is taken.", HelpName = "number" };
        var command = new Command("serve", "Shows all audits of this machine in a browser, those that run too. Only this machine can see them; no audit is changed. Ends with Ctrl-C.") { folders, port };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var given = Given(parsed.GetValue(folders) ?? [], parsed.GetValue(port));
            await using var app = await StartAsync(given, parsed.GetValue(port), await CohortFile.OfUserAsync(screen, cancellationToken), cancellationToken);
            var seen = await app.Services.GetRequiredService<IAuditPlaces>().LookAsync(cancellationToken);
            foreach (var trouble in seen.Troubles)
            {
                screen.Note(trouble);
            }

            screen.Results.WriteLine($"{app.Urls.Single()}/  shows {seen.Places.Count} output folder{(seen.Places.Count == 1 ? "" : "s")}; Ctrl-C ends");
            await app.WaitForShutdownAsync(cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static IReadOnlyList<string> Given(IReadOnlyList<string> folders, int? port)
    {
        List<string> problems = [.. folders.Where(folder => !Directory.Exists(folder)).Select(folder => $"'{folder}' is no folder. Expected the --out folder of an earlier run.")];
        if (port is < 0 or > 65_535)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"--port: {port}. Expected 1 to 65535, or 0 for any that is free."));
        }

        return problems.Count == 0 ? [.. folders.Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))] : throw new UserErrorException(problems);
    }

    private static async Task<WebApplication> StartAsync(IReadOnlyList<string> given, int? port, string? cohorts, CancellationToken cancellationToken)
    {
        var app = Make(port ?? DefaultPort);
        try
        {
            await app.StartAsync(cancellationToken);
            return app;
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            await app.DisposeAsync();
            if (port is not null)
            {
                throw new UserErrorException(string.Create(CultureInfo.InvariantCulture, $"--port: another program listens at {port}. Choose another, or leave --port out for a free one."));
            }
        }

        app = Make(0);
        await app.StartAsync(cancellationToken);
        return app;

        WebApplication Make(int at) => DashboardHost.Build(at, lifetime => new FolderPlaces(given, AuditedFolders.OfUser(), lifetime), cohorts);
    }
}
