using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Data;

public sealed partial class ReadmeTests
{
    private static readonly string Text = Read();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_view_has_the_columns_and_types_that_the_readme_says()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Postgres, Ct);
        await using var db = await database.OpenAsync(Ct);
        var columns = await db.Database.SqlQueryRaw<string>(
            "SELECT table_name || '.' || column_name || ' ' || data_type AS \"Value\" FROM information_schema.columns WHERE table_schema = 'public' AND table_name IN (SELECT table_name FROM information_schema.views) ORDER BY table_name, ordinal_position").ToListAsync(Ct);
        Assert.Equal(Documented().Order(), columns.Order());
        Assert.Equal(AuditViews.Names.Order(), columns.Select(column => column[..column.IndexOf('.', StringComparison.Ordinal)]).Distinct().Order());
    }

    [Fact]
    public async Task Views_have_the_same_columns_in_a_file()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Sqlite, Ct);
        await using var db = await database.OpenAsync(Ct);
        var columns = await db.Database.SqlQueryRaw<string>("SELECT m.name || '.' || c.name AS Value FROM sqlite_master AS m, pragma_table_info(m.name) AS c WHERE m.type = 'view'").ToListAsync(Ct);
        Assert.Equal(Documented().Select(column => column[..column.IndexOf(' ', StringComparison.Ordinal)]).Order(), columns.Order());
    }

    [Fact]
    public void Words_are_those_of_the_program()
    {
        Says<AuditState>("audit state");
        Says<ShardState>("shard state");
        Says<ItemOutcome>("outcome");
        Says<HeatmapStatus>("status");
        Says<MaskStatus>("mask status");
        Says<MaskKind>("mask kind");
        Says<ReviewMark>("mark of a review");
        Says<ReviewKind>("kind of a review");
        Says<KeyScope>("key scope");
        Says<Support>("support");
    }

    private static string Read([CallerFilePath] string thisFile = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "src", "BatchXai.Coordinator", "Data", "README.md"));

    private static void Says<T>(string word)
        where T : struct, Enum
    {
        var line = Text.Split('\n').Single(text => text.StartsWith($"| {word} |", StringComparison.Ordinal));
        Assert.Equal(Enum.GetNames<T>().Select(DatabaseWords.Of), Code().Matches(line).Select(match => match.Groups[1].Value));
    }

    /// <summary>"view.column type" of every row of every table below a view's heading; "as in" another view is its columns, from the first that the line names.</summary>
    private static List<string> Documented()
    {
        var columns = new List<string>();
        string? view = null;
        foreach (var line in Text.Split('\n'))
        {
            if (line.StartsWith('#'))
            {
                view = line.StartsWith("### ", StringComparison.Ordinal) ? line[4..].Trim() : null;
            }
            else if (view is not null && Model().Match(line) is { Success: true } model)
            {
                var prefix = $"{model.Groups[2].Value}.";
                columns.AddRange(columns.Where(column => column.StartsWith(prefix, StringComparison.Ordinal)).SkipWhile(column => !column.StartsWith($"{prefix}{model.Groups[1].Value} ", StringComparison.Ordinal))
                    .Select(column => $"{view}.{column[prefix.Length..]}").ToList());
            }
            else if (view is not null && Column().Match(line) is { Success: true } column)
            {
                columns.Add($"{view}.{column.Groups[1].Value} {column.Groups[2].Value}");
            }
        }

        return columns;
    }

    [GeneratedRegex("^\\| `(\\w+)` \\| ([a-z ]+?) \\|")]
    private static partial Regex Column();

    [GeneratedRegex("^\\| `(\\w+)` … .*\\| as in (\\w+) \\|$")]
    private static partial Regex Model();

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Code();
}
