namespace BatchXai.TorchScript.Execution;

/// <summary>The part of torch's messages that a person wants to read: they go on with stacks of Python and C++.</summary>
internal static class TorchMessage
{
    private const int Longest = 300;

    // Lines that announce the message, in an aborted process and in an error of the interpreter.
    private static readonly string[] Announcements = ["The following operation failed in the TorchScript interpreter.", "Traceback of TorchScript"];

    /// <summary>The first line that says something.</summary>
    internal static string FirstLine(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var reason = lines.FirstOrDefault(line => line.StartsWith("RuntimeError:", StringComparison.Ordinal))
            ?? lines.FirstOrDefault(line => !Announcements.Any(start => line.StartsWith(start, StringComparison.Ordinal)))
            ?? "no message";
        return reason.Length <= Longest ? reason : reason[..Longest] + "…";
    }

    /// <summary>The message in the output of an aborted process; null when there is none.</summary>
    internal static string? OfAbort(string output)
    {
        const string mark = "what():";
        var at = output.IndexOf(mark, StringComparison.Ordinal);
        return at >= 0 ? FirstLine(output[(at + mark.Length)..])
            : output.Trim().Length > 0 ? FirstLine(output)
            : null;
    }
}
