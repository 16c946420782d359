using BatchXai.Contracts;
using Npgsql;

namespace BatchXai.Coordinator.Data;

/// <summary>Reads <c>Database:ConnectionString</c>. What is wrong is told without repeating any of its values: one of them is a password.</summary>
internal static class PostgresConnection
{
    public const string Setting = "Database:ConnectionString";

    private const string Expected = "Expected Host=…;Database=…;Username=…;Password=… as Npgsql reads them; a value with ; or ' stands in double quotes. In the environment it is BATCHXAI_Database__ConnectionString.";

    /// <summary>The connection string with this program's name in it, so that a database administrator sees whose sessions these are.</summary>
    /// <exception cref="UserErrorException">It is missing, unreadable or incomplete.</exception>
    public static string Checked(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new UserErrorException($"{Setting} is not set. {Expected}");
        }

        var builder = Read(text);
        (string Name, string? Value)[] needed = [("Host", builder.Host), ("Database", builder.Database)];
        var problems = needed.Where(part => string.IsNullOrWhiteSpace(part.Value)).Select(part => $"{Setting} names no {part.Name}. {Expected}").ToList();
        if (problems.Count > 0)
        {
            throw new UserErrorException(problems);
        }

        builder.ApplicationName ??= "batchxai-coordinator";
        // The same few statements, thousands of times: the server plans them once a session. Nothing of ours is left in a session, so it needs no resetting, which would forget them.
        builder.MaxAutoPrepare = builder.MaxAutoPrepare > 0 ? builder.MaxAutoPrepare : 64;
        builder.NoResetOnClose = true;
        return builder.ConnectionString;
    }

    /// <summary>Database and server, in words.</summary>
    public static string Named(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        return $"'{parts.Database}' on {parts.Host}:{parts.Port}";
    }

    /// <summary>The error of a database that is away, or that refuses.</summary>
    public static UserErrorException Unusable(string connectionString, NpgsqlException failed) =>
        new($"Database {Named(connectionString)} cannot be used: {failed.Message}. Check that it is running, and {Setting}.");

    private static NpgsqlConnectionStringBuilder Read(string text)
    {
        try
        {
            return new(text);
        }
        catch (Exception bad) when (bad is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // Npgsql's own words may quote a piece of the password: what follows a ; in one looks like a keyword.
            var uri = text.Contains("://", StringComparison.Ordinal) ? " It looks like a URI, which is another notation." : "";
            throw new UserErrorException($"{Setting} is no PostgreSQL connection string.{uri} {Expected}");
        }
    }
}
