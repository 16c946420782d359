using System.CommandLine;
using BatchXai.Cli.Output;
using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Datasets;
using BatchXai.Storage.Locations;
using Spectre.Console;

namespace BatchXai.Cli.Commands;

/// <summary>batchxai dataset check: what was understood of a dataset.</summary>
internal static class DatasetCommand
{
    private const int ShownClasses = 40;

    /// <summary>The command.</summary>
    public static Command Build(Screen screen)
    {
        var path = new Argument<string>("path") { Description = "Folder with a sub-folder a class, or a manifest (.csv, .jsonl)." };
        var masks = new Option<string?>("--masks") { Description = "Folder of object masks, parallel to the images.", HelpName = "folder" };
        var classMap = new Option<string?>("--class-map") { Description = "CSV with columns class, outputs.", HelpName = "file" };
        var json = CommonOptions.Json();
        var check = new Command("check", "Reads a dataset without explaining it: classes, splits, masks, problems.") { path, masks, classMap, json };
        check.SetAction(async (parsed, cancellationToken) =>
        {
            var spec = new DatasetSpec { Path = parsed.GetValue(path)!, Masks = parsed.GetValue(masks), ClassMap = parsed.GetValue(classMap) };
            var dataset = await DatasetReader.OpenAsync(spec, [], SourceLocations.Anywhere, cancellationToken);
            if (parsed.GetValue(json))
            {
                screen.Json(dataset.Summary);
            }
            else
            {
                Show(screen, dataset);
            }

            return ExitCode.Done;
        });
        return new Command("dataset", "Looks at datasets.") { check };
    }

    private static void Show(Screen screen, Dataset dataset)
    {
        var summary = dataset.Summary;
        var format = FieldReader.Kebab(summary.Format.ToString()).Replace('-', ' ');
        screen.Results.WriteLine($"{dataset.ImageRoot}: {summary.Items:N0} items ({format}), {summary.Masks:N0} with masks, {summary.Boxes:N0} with boxes");
        foreach (var split in summary.Splits)
        {
            screen.Results.Write(SplitTable(split, summary.Splits.Count == 1));
        }

        foreach (var warning in summary.Warnings)
        {
            screen.Warning(warning);
        }
    }

    private static Table SplitTable(SplitSummary split, bool only)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("class", "items", "outputs");
        table.Title = only ? null : new TableTitle(Markup.Escape($"{split.Name}: {split.Items:N0} items"));
        table.Columns[1].RightAligned();
        foreach (var row in split.Classes.Take(ShownClasses))
        {
            var outputs = row.Outputs switch { null => "", [] => "none", var some => string.Join(' ', some) };
            table.AddRow(Markup.Escape(row.Label ?? "(unlabelled)"), $"{row.Items:N0}", outputs);
        }

        return split.Classes.Count > ShownClasses ? table.Caption($"and {split.Classes.Count - ShownClasses:N0} more classes") : table;
    }
}
