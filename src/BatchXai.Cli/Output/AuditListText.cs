using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using Spectre.Console;

namespace BatchXai.Cli.Output;

/// <summary>Audits of a server as a table.</summary>
internal static class AuditListText
{
    /// <summary>The state as a word.</summary>
    public static string State(AuditState state) => state.ToString().ToLowerInvariant();

    /// <summary>Writes the table.</summary>
    public static void Show(Screen screen, AuditList list)
    {
        if (list.Audits.Count == 0)
        {
            screen.Note("no audits.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("audit", "submitted (UTC)", "state", "items", "name");
        table.Columns[3].RightAligned();
        foreach (var audit in list.Audits)
        {
            table.AddRow($"{audit.Id}", $"{audit.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm}", State(audit.State), $"{audit.Items:N0}", Markup.Escape(audit.Name));
        }

        screen.Results.Write(table);
        if (list.Next is not null)
        {
            screen.Note("There are older ones: see --limit.");
        }
    }
}
