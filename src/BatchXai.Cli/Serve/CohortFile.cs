using BatchXai.Cli.Output;
using BatchXai.Contracts;
using BatchXai.Coordinator.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Cli.Serve;

/// <summary>
/// Where a person's cohorts are kept, which may be for any audit: <c>cohorts.db</c> in <see cref="StateFolder"/>, a database as in an output folder, of which only the table of cohorts is used.
/// </summary>
internal static class CohortFile
{
    /// <summary>The file, ready to be used; null: it cannot be, which is said, and audits are shown all the same.</summary>
    public static async Task<string?> OfUserAsync(Screen screen, CancellationToken cancellationToken)
    {
        if (StateFolder.OfUser() is not { } folder)
        {
            return null;
        }

        var file = Path.Combine(folder, "cohorts.db");
        try
        {
            Directory.CreateDirectory(folder);
            await using var services = new ServiceCollection().AddLogging().AddSqliteDatabase(file).BuildServiceProvider();
            await AuditDatabase.MigrateAsync(services, cancellationToken);
            return file;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or SqliteException or UserErrorException)
        {
            screen.Note($"Cohorts cannot be saved in '{file}': {unusable.Message}");
            return null;
        }
    }
}
