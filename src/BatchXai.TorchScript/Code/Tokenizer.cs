namespace BatchXai.TorchScript.Code;

/// <summary>Cuts a line of TorchScript into tokens.</summary>
internal static class Tokenizer
{
    private static readonly string[] LongSymbols = ["->", "==", "!=", "<=", ">=", "**", "//", "<<", ">>"];

    /// <returns>The tokens; null when a string does not end.</returns>
    internal static List<Token>? Read(string line)
    {
        var tokens = new List<Token>();
        for (var at = 0; at < line.Length;)
        {
            if (char.IsWhiteSpace(line[at]))
            {
                at++;
                continue;
            }

            var (kind, length) = Next(line, at);
            if (length == 0)
            {
                return null;
            }

            tokens.Add(new Token(kind, line.Substring(at, length), at));
            at += length;
        }

        return tokens;
    }

    private static (TokenKind Kind, int Length) Next(string line, int at) => line[at] switch
    {
        '"' or '\'' => (TokenKind.Literal, StringLength(line, at)),
        var first when char.IsAsciiDigit(first) || (first == '.' && at + 1 < line.Length && char.IsAsciiDigit(line[at + 1])) => (TokenKind.Literal, NumberLength(line, at)),
        var first when IsNamePart(first) => (TokenKind.Name, line.AsSpan(at).TakeWhileLength(IsNamePart)),
        _ => (TokenKind.Symbol, LongSymbols.FirstOrDefault(symbol => string.CompareOrdinal(line, at, symbol, 0, symbol.Length) == 0)?.Length ?? 1),
    };

    private static bool IsNamePart(char character) => character == '_' || char.IsLetterOrDigit(character);

    /// <summary>0 when the string does not end.</summary>
    private static int StringLength(string line, int at)
    {
        for (var end = at + 1; end < line.Length; end++)
        {
            if (line[end] == '\\')
            {
                end++;
            }
            else if (line[end] == line[at])
            {
                return end + 1 - at;
            }
        }

        return 0;
    }

    /// <summary>Digits, a point, an exponent with its sign.</summary>
    private static int NumberLength(string line, int at)
    {
        var end = at;
        while (end < line.Length && (IsNamePart(line[end]) || line[end] == '.' || (line[end] is '+' or '-' && line[end - 1] is 'e' or 'E')))
        {
            end++;
        }

        return end - at;
    }

    private static int TakeWhileLength(this ReadOnlySpan<char> text, Func<char, bool> belongs)
    {
        var length = 0;
        while (length < text.Length && belongs(text[length]))
        {
            length++;
        }

        return length;
    }
}
