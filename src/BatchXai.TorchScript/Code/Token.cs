namespace BatchXai.TorchScript.Code;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    Name,
    Literal,
    Symbol,
}

/// <summary>A piece of code and where it stands in its line.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Start)
{
    internal int End => Start + Text.Length;

    internal bool Is(string symbol) => Kind != TokenKind.Literal && Text == symbol;
}
