using System.CommandLine;
using BatchXai.Contracts;

namespace BatchXai.Cli.Remote;

/// <summary>--server: which coordinator a command talks to.</summary>
internal static class ServerOption
{
    /// <summary>Name of the flag.</summary>
    public const string Name = "--server";

    private const string Variable = "BATCHXAI_SERVER";

    /// <summary>The flag.</summary>
    public static Option<string?> Make() => new(Name) { Description = $"Address of the server, such as http://localhost:5000; {Variable} without it.", HelpName = "url" };

    /// <summary>The audit on a server that a person names by its id; null: the name is that of a folder or file here.</summary>
    public static Guid? AuditOf(string name) => Guid.TryParseExact(name, "D", out var id) && !Directory.Exists(name) ? id : null;

    /// <summary>The client for what was given; null: no server was named.</summary>
    /// <exception cref="UserErrorException">It is no address of a server.</exception>
    public static CoordinatorClient? Find(ParseResult parsed, Option<string?> option)
    {
        var given = parsed.GetValue(option) ?? Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(given))
        {
            return null;
        }

        return Uri.TryCreate(given, UriKind.Absolute, out var server) && server.Scheme is "http" or "https"
            ? new(server, ServerKey.Read(parsed))
            : throw new UserErrorException($"--server: '{given}' is not the address of a server. Expected for instance http://localhost:5000.");
    }

    /// <summary>The client for what was given.</summary>
    /// <exception cref="UserErrorException">No server was named, or it is no address.</exception>
    public static CoordinatorClient Need(ParseResult parsed, Option<string?> option) =>
        Find(parsed, option) ?? throw new UserErrorException($"no server. Give --server http://localhost:5000, or set {Variable}.");
}
