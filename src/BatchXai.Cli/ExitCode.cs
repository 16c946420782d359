namespace BatchXai.Cli;

/// <summary>What the program tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A gate was not passed.</summary>
    public const int GateFailed = 1;

    /// <summary>Too little evidence to judge.</summary>
    public const int Insufficient = 2;

    /// <summary>Bad input, or the work failed.</summary>
    public const int Error = 3;

    /// <summary>Stopped by a signal: 128 + SIGINT.</summary>
    public const int Cancelled = 130;
}
