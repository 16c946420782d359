using System.CommandLine;
using BatchXai.Cli.Embedded;
using BatchXai.Cli.Output;
using BatchXai.Cli.Remote;
using BatchXai.Contracts;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Compare;
using BatchXai.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Cli.Commands;

/// <summary>batchxai compare: two finished audits of the same items.</summary>
internal static class CompareCommand
{
    /// <summary>The command.</summary>
    public static Command Build(Screen screen)
    {
        var first = new Argument<string>("first") { Description = "Output folder of the first audit, such as that of the model in use, or its id on a server." };
        var second = new Argument<string>("second") { Description = "The second audit, named in the same way. Differences are second − first." };
        var output = new Option<string>("--out") { Description = "Folder for the comparison.", DefaultValueFactory = _ => "comparison", HelpName = "folder" };
        var server = ServerOption.Make();
        var json = CommonOptions.Json();
        var command = new Command("compare", "Compares two models on the same items: where they look, and how often they are right.") { first, second, output, server, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = Path.GetFullPath(parsed.GetValue(output)!);
            var (one, other) = (parsed.GetValue(first)!, parsed.GetValue(second)!);
            var report = (ServerOption.AuditOf(one), ServerOption.AuditOf(other)) switch
            {
                ({ } id, { } otherId) => await AskAsync(parsed, server, id, otherId, cancellationToken),
                (null, null) => await CompareAsync(Path.GetFullPath(one), Path.GetFullPath(other), cancellationToken),
                _ => throw new UserErrorException($"'{one}' and '{other}' do not lie in one place. Expected the output folders of two audits, or the ids of two audits on one server."),
            };
            await new ComparisonWriter(new FolderBlobStore(folder)).WriteAsync(report, cancellationToken);
            ComparisonText.Show(screen, report, folder, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<ComparisonReport> AskAsync(ParseResult parsed, Option<string?> server, Guid first, Guid second, CancellationToken cancellationToken)
    {
        using var client = ServerOption.Need(parsed, server);
        return await client.CompareAsync(first, second, cancellationToken);
    }

    private static async Task<ComparisonReport> CompareAsync(string first, string second, CancellationToken cancellationToken)
    {
        if (Path.TrimEndingDirectorySeparator(first) == Path.TrimEndingDirectorySeparator(second))
        {
            throw new UserErrorException($"'{first}' is named twice. Expected the output folders of two audits.");
        }

        await using var one = await FinishedAudit.OpenAsync(first, cancellationToken);
        await using var other = await FinishedAudit.OpenAsync(second, cancellationToken);
        return await ComparisonBuilder.BuildAsync(await RowsAsync(one, cancellationToken), await RowsAsync(other, cancellationToken), TimeProvider.System.GetUtcNow(), cancellationToken);
    }

    private static Task<AuditRows> RowsAsync(FinishedAudit audit, CancellationToken cancellationToken) =>
        audit.Services.GetRequiredService<AuditComparer>().OpenAsync(audit.Db, audit.Audit.Id, cancellationToken);
}
