namespace BatchXai.TorchScript.Code;

/// <summary>
/// Reads an expression of TorchScript as torch prints it. Only what is called matters, so operators are not ranked.
/// What it does not understand gives null, and the line is then left as it is.
/// </summary>
internal sealed class ExpressionParser
{
    // Deeper than torch nests its lines; the stack of a thread is not for the author of a file to fill.
    private const int Deepest = 200;

    private static readonly HashSet<string> Operators =
        ["+", "-", "*", "/", "//", "%", "**", "==", "!=", "<", ">", "<=", ">=", "<<", ">>", "&", "|", "^", "and", "or", "not", "in", "is", "if", "else"];

    private static readonly HashSet<string> Prefixes = ["-", "+", "~", "not"];

    private readonly string line;
    private readonly IReadOnlyList<Token> tokens;
    private int next;
    private int depth;

    private ExpressionParser(string line, IReadOnlyList<Token> tokens) => (this.line, this.tokens) = (line, tokens);

    /// <summary>The one expression that the tokens are; null when they are something else.</summary>
    internal static Expression? Read(string line, IReadOnlyList<Token> tokens)
    {
        var parser = new ExpressionParser(line, tokens);
        return tokens.Count > 0 && parser.Any() is { } whole && parser.next == tokens.Count ? whole : null;
    }

    private bool At(string symbol) => next < tokens.Count && tokens[next].Is(symbol);

    private bool Take(string symbol)
    {
        var found = At(symbol);
        next += found ? 1 : 0;
        return found;
    }

    /// <summary>Operands with operators between them; a tuple without brackets when commas follow.</summary>
    private Expression? Any()
    {
        if (++depth > Deepest || Operand() is not { } first)
        {
            return null;
        }

        var parts = new List<Expression> { first };
        while (next < tokens.Count && Operators.Contains(tokens[next].Text) && tokens[next].Kind != TokenKind.Literal)
        {
            next++;
            if (Operand() is not { } operand)
            {
                return null;
            }

            parts.Add(operand);
        }

        depth--;
        return parts.Count == 1 ? first : Combined(first.Start, parts[^1].End, parts);
    }

    private Expression? Operand()
    {
        var start = next;
        while (next < tokens.Count && tokens[next].Kind != TokenKind.Literal && Prefixes.Contains(tokens[next].Text))
        {
            next++;
        }

        return Primary() is not { } value ? null
            : next > start && tokens[start].Start < value.Start && Prefixes.Contains(tokens[start].Text) ? Combined(tokens[start].Start, value.End, [value])
            : value;
    }

    private Expression? Primary()
    {
        if (next >= tokens.Count)
        {
            return null;
        }

        var token = tokens[next++];
        var value = token switch
        {
            { Kind: TokenKind.Name } => new NameExpression(token.Start, token.End, token.Text),
            { Kind: TokenKind.Literal } => new OtherExpression(token.Start, token.End, token.Text, []),
            { Text: "(" } => Bracket(token, ")"),
            { Text: "[" } => Bracket(token, "]"),
            { Text: "{" } => Bracket(token, "}"),
            _ => (Expression?)null,
        };
        while (value is not null && next < tokens.Count)
        {
            if (Take("."))
            {
                value = next < tokens.Count && tokens[next] is { Kind: TokenKind.Name } name ? new SelectExpression(token.Start, tokens[next++].End, value, name) : null;
            }
            else if (At("("))
            {
                var inside = tokens[next++].End;
                value = Items(")") is { } arguments ? new CallExpression(token.Start, tokens[next - 1].End, value, inside, arguments) : null;
            }
            else if (Take("["))
            {
                value = Items("]") is { } indices ? Combined(token.Start, tokens[next - 1].End, [value, .. indices]) : null;
            }
            else
            {
                return value;
            }
        }

        return value;
    }

    private Expression? Bracket(Token open, string close)
    {
        var commas = next;
        if (Items(close) is not { } items)
        {
            return null;
        }

        var end = tokens[next - 1].End;
        return close switch
        {
            "]" => new ListExpression(open.Start, end, items),
            // A value in brackets is the value; with a comma it is a tuple.
            ")" when items.Count == 1 && !tokens[next - 2].Is(",") && next - 1 > commas => items[0],
            _ => Combined(open.Start, end, items),
        };
    }

    /// <summary>Values up to a closing bracket, which is taken. A name before <c>=</c> or a key before <c>:</c> is passed over.</summary>
    private List<Expression>? Items(string close)
    {
        var items = new List<Expression>();
        while (!Take(close))
        {
            if (next + 1 < tokens.Count && tokens[next].Kind == TokenKind.Name && tokens[next + 1].Is("="))
            {
                next += 2;
            }

            if (!At(":"))
            {
                if (Any() is not { } item)
                {
                    return null;
                }

                items.Add(item);
            }

            if (!Take(",") && !Take(":") && !At(close))
            {
                return null;
            }
        }

        return items;
    }

    private OtherExpression Combined(int start, int end, IReadOnlyList<Expression> parts) => new(start, end, line[start..end], parts);
}
