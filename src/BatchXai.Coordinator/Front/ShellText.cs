namespace BatchXai.Coordinator.Front;

/// <summary>Text inside a command that a person copies into a shell.</summary>
internal static class ShellText
{
    /// <summary>The text as one word, whatever is in it.</summary>
    public static string Quoted(string text) =>
        text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._-+:@".Contains(letter, StringComparison.Ordinal)) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
