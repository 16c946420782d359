namespace BatchXai.TorchScript.Code;

/// <summary>A line of a body: what it assigns and the expression in it.</summary>
/// <param name="Line">The whole line.</param>
/// <param name="Targets">Variables that it assigns, in order; empty when none.</param>
/// <param name="Value">Its expression; null when it has none or it was not understood.</param>
/// <param name="IsReturn">Whether the expression is what the function returns.</param>
internal sealed record Statement(string Line, IReadOnlyList<string> Targets, Expression? Value, bool IsReturn)
{
    private static readonly string[] Conditional = ["if", "elif", "while"];

    internal static Statement Parse(string line)
    {
        var none = new Statement(line, [], null, false);
        if (Tokenizer.Read(line) is not { Count: > 0 } tokens)
        {
            return none;
        }

        if (Conditional.Contains(tokens[0].Text))
        {
            return none with { Value = tokens[^1].Is(":") ? ExpressionParser.Read(line, tokens[1..^1]) : null };
        }

        if (tokens[0].Is("for"))
        {
            var within = tokens.FindIndex(token => token.Is("in"));
            return within < 0 || !tokens[^1].Is(":") ? none : none with { Value = ExpressionParser.Read(line, tokens[(within + 1)..^1]) };
        }

        if (tokens[0].Is("return"))
        {
            return none with { Value = ExpressionParser.Read(line, tokens[1..]), IsReturn = true };
        }

        var assignment = AssignmentAt(tokens);
        return assignment < 0
            ? none with { Value = ExpressionParser.Read(line, tokens) }
            : none with { Targets = Names(tokens[..assignment]), Value = ExpressionParser.Read(line, tokens[(assignment + 1)..]) };
    }

    /// <summary>The <c>=</c> outside all brackets.</summary>
    private static int AssignmentAt(List<Token> tokens)
    {
        var depth = 0;
        for (var at = 0; at < tokens.Count; at++)
        {
            depth += tokens[at].Text is "(" or "[" or "{" ? 1 : tokens[at].Text is ")" or "]" or "}" ? -1 : 0;
            if (depth == 0 && tokens[at].Is("="))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary><c>a</c>, <c>a : T</c> or <c>a, b,</c>.</summary>
    private static List<string> Names(List<Token> tokens)
    {
        var annotation = tokens.FindIndex(token => token.Is(":"));
        return [.. (annotation < 0 ? tokens : tokens[..annotation]).Where(token => token.Kind == TokenKind.Name).Select(token => token.Text)];
    }
}
