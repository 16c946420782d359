using System.CommandLine;
using BatchXai.Cli.Commands;
using BatchXai.Contracts;
using BatchXai.Contracts.Audits;

namespace BatchXai.Benchmarks;

/// <summary>Reads an audit from the flags of <c>batchxai run</c>, so that a benchmark measures what a person runs.</summary>
internal static class BenchmarkRequest
{
    public static AuditRequest Parse(IReadOnlyList<string> arguments)
    {
        var (command, options, problems) = (new Command("benchmark"), new AuditOptions(), new List<string>());
        options.AddTo(command);
        var parsed = command.Parse([.. arguments]);
        problems.AddRange(parsed.Errors.Select(error => error.Message));
        var request = options.Apply(parsed, AuditOptions.Empty, problems);
        return problems.Count > 0 ? throw new UserErrorException(problems) : request;
    }
}
