namespace BatchXai.TorchScript.Code;

/// <summary>Reads the head of a function, which torch breaks over several lines, and finds its body.</summary>
internal static class FunctionParser
{
    /// <returns>The function; null when its head is not as torch writes it.</returns>
    internal static ScriptFunction? Parse(IReadOnlyList<string> lines)
    {
        var head = string.Empty;
        for (var line = 0; line < lines.Count; line++)
        {
            head += (line > 0 ? " " : string.Empty) + lines[line].Trim();
            if (head.EndsWith(':') && Head(head) is { } found)
            {
                return found with { Body = [.. lines.Skip(line + 1)] };
            }
        }

        return null;
    }

    /// <summary><c>def name(a: T, b: U=1) -> V:</c></summary>
    private static ScriptFunction? Head(string text)
    {
        if (Tokenizer.Read(text) is not [var def, { Kind: TokenKind.Name } name, var open, .., var colon] tokens || !def.Is("def") || !open.Is("(") || !colon.Is(":"))
        {
            return null;
        }

        var parameters = new List<ScriptParameter>();
        var (depth, first) = (1, 3);
        for (var at = 3; at < tokens.Count; at++)
        {
            depth += tokens[at].Text is "(" or "[" or "{" ? 1 : tokens[at].Text is ")" or "]" or "}" ? -1 : 0;
            if ((depth == 0 || (depth == 1 && tokens[at].Is(","))) && at > first)
            {
                parameters.Add(Parameter(text, tokens, first, at));
            }

            first = depth == 1 && tokens[at].Is(",") ? at + 1 : first;
            if (depth == 0)
            {
                return at + 2 < tokens.Count && tokens[at + 1].Is("->")
                    ? new ScriptFunction(name.Text, parameters, text[tokens[at + 2].Start..colon.Start].Trim(), [])
                    : null;
            }
        }

        return null;
    }

    private static ScriptParameter Parameter(string text, List<Token> tokens, int first, int end)
    {
        var whole = text[tokens[first].Start..tokens[end - 1].End];
        var type = tokens.FindIndex(first, end - first, token => token.Is(":"));
        var value = tokens.FindIndex(first, end - first, token => token.Is("="));
        var typeEnd = value < 0 ? tokens[end - 1].End : tokens[value - 1].End;
        return new ScriptParameter(tokens[first].Text, type < 0 ? string.Empty : text[tokens[type + 1].Start..typeEnd], value >= 0, whole);
    }
}
