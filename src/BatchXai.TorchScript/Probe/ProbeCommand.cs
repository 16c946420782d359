namespace BatchXai.TorchScript.Probe;

/// <summary>How to start a program that calls <see cref="ScriptProbeChild.Run"/> with the arguments behind <see cref="Arguments"/>.</summary>
/// <param name="Program">Program file.</param>
/// <param name="Arguments">Its first arguments.</param>
public sealed record ProbeCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>This very program, started with an argument that only it knows.</summary>
    public static ProbeCommand ThisProgram(string argument)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is unknown.");
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? new ProbeCommand(program, [Environment.GetCommandLineArgs()[0], argument])
            : new ProbeCommand(program, [argument]);
    }
}
