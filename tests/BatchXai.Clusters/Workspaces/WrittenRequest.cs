using System.CommandLine;
using BatchXai.Cli.Commands;
using BatchXai.Contracts;
using BatchXai.Contracts.Audits;

namespace BatchXai.Clusters.Workspaces;

/// <summary>Reads an audit from the flags of <c>batchxai run</c>, so that what is tested or measured is what a person runs.</summary>
public static class WrittenRequest
{
    public static AuditRequest Parse(IReadOnlyList<string> arguments)
    {
        var (command, options, problems) = (new Command("request"), new AuditOptions(), new List<string>());
        options.AddTo(command);
        var parsed = command.Parse([.. arguments]);
        problems.AddRange(parsed.Errors.Select(error => error.Message));
        var request = options.Apply(parsed, AuditOptions.Empty, problems);
        return problems.Count > 0 ? throw new UserErrorException(problems) : request;
    }
}
