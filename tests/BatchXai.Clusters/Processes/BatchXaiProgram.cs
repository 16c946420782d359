using BatchXai.Testing;

namespace BatchXai.Clusters.Processes;

/// <summary>The real program in a process of its own, as a person starts it.</summary>
public sealed class BatchXaiProgram : IDisposable
{
    private readonly StartedProgram program;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private BatchXaiProgram(IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> variables)
    {
        program = new StartedProgram("batchxai", arguments, [("NO_COLOR", "1"), .. variables]);
        output = program.Output.ReadToEndAsync();
        errors = program.Errors.ReadToEndAsync();
    }

    public static BatchXaiProgram Start(params string[] arguments) => new(arguments);

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(CancellationToken ct, params string[] arguments)
    {
        using var program = Start(arguments);
        return await program.EndAsync(ct);
    }

    /// <summary>With one more environment variable.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunWithAsync((string Name, string Value) variable, string[] arguments, CancellationToken ct)
    {
        using var program = new BatchXaiProgram(arguments, variable);
        return await program.EndAsync(ct);
    }

    public async Task<(int ExitCode, string Output, string Errors)> EndAsync(CancellationToken ct) => (await program.EndAsync(ct), await output, await errors);

    public void Kill() => program.Process.Kill();

    /// <summary>SIGINT, as Ctrl-C sends it.</summary>
    public void Interrupt() => program.Process.Send(Signal.Interrupt);

    public void Dispose() => program.Dispose();
}
