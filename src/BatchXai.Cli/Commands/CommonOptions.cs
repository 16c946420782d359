using System.CommandLine;

namespace BatchXai.Cli.Commands;

/// <summary>Flags that several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>--json.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object on standard output; progress goes to standard error." };

    /// <summary>The id of an audit on a server.</summary>
    public static Argument<Guid> AuditId() => new("audit") { Description = "Id of the audit, as submit and list show it." };
}
